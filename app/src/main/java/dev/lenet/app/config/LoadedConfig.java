package dev.lenet.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Settings together with where each one came from.
 *
 * @param entries one for every key, in the order of {@code config.yaml}
 * @param givenByOption the keys that the command line gave a value
 */
public record LoadedConfig(Config config, List<Entry> entries, Set<String> givenByOption) {

    public LoadedConfig {
        entries = List.copyOf(entries);
        givenByOption = Set.copyOf(givenByOption);
    }

    /**
     * Whether the command line gave a setting. A value from a file, or a default, does not count.
     *
     * @param key with its section, for example {@code data.mean}
     */
    public boolean isGivenByOption(String key) {
        return givenByOption.contains(key);
    }

    /** Whether the command line or a file gave a setting. */
    public boolean isGiven(String key) {
        return entries.stream()
                .anyMatch(entry -> entry.key().equals(key) && !entry.origin().equals(Settings.DEFAULT));
    }

    /** A {@code config.yaml} with all of these settings, whatever they came from. */
    public String yaml() {
        StringBuilder yaml =
                new StringBuilder("# Every setting of the run, as it was after config.yaml and options.\n");
        String section = "";
        for (Entry entry : entries) {
            String itsSection = Key.section(entry.key());
            if (!itsSection.equals(section)) {
                section = itsSection;
                yaml.append(section).append(":\n");
            }
            yaml.append(section.isEmpty() ? "" : "  ")
                    .append(Key.name(entry.key()))
                    .append(": ")
                    .append(entry.textual() ? quoted(entry.value()) : entry.value())
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
                quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
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
     * @param textual whether it is text, and not a number or a flag
     */
    public record Entry(String key, String value, String origin, boolean textual) {}
}
