package dev.lenet.app.config;

import java.util.List;
import java.util.Optional;

/**
 * Settings together with where each one came from.
 *
 * @param entries one for every key, in the order of {@code config.yaml}
 */
public record LoadedConfig(Config config, List<Entry> entries) {

    public LoadedConfig {
        entries = List.copyOf(entries);
    }

    /** A {@code config.yaml} with all of these settings, whatever they came from. */
    public String yaml() {
        StringBuilder yaml =
                new StringBuilder("# Every setting of the run, as it was after config.yaml and options.\n");
        String section = "";
        for (Entry entry : entries) {
            Optional<Key<?>> key = Schema.find(entry.key());
            String itsSection = key.map(Key::section).orElse("");
            if (!itsSection.equals(section)) {
                section = itsSection;
                yaml.append(section).append(":\n");
            }
            boolean textual = key.map(known -> known.kind().textual()).orElse(true);
            yaml.append(section.isEmpty() ? "" : "  ")
                    .append(key.map(Key::name).orElse(entry.key()))
                    .append(": ")
                    .append(textual ? quoted(entry.value()) : entry.value())
                    .append('\n');
        }
        return yaml.toString();
    }

    /** In double quotes nothing is taken for a number, a comment or a tag, whatever it looks like. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || c >= 0x7F) {
                quoted.append(String.format("\\U%08x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /**
     * One setting, for showing.
     *
     * @param key with its section, for example {@code training.epochs}
     * @param value as it was written
     * @param origin {@code default}, a file and line such as {@code config.yaml:12}, or an option such as {@code --lr}
     */
    public record Entry(String key, String value, String origin) {}
}
