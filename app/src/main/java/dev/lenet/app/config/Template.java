package dev.lenet.app.config;

/** The commented {@code config.yaml} with every setting and its default, made from the declarations. */
public final class Template {
    private static final int WIDTH = 120;

    private static final String HEAD = """
            Every setting of the program, with its default, as `config template` prints it. A config.yaml in the working
            directory, or the file that --config names, replaces only the keys it names. The command line wins over both;
            `config show` prints every value and where it came from. A key that is unknown, misspelt, given twice, of the wrong
            type or out of range is an error, never ignored.""";

    private final StringBuilder yaml = new StringBuilder();

    private Template() {}

    /** The text of such a file. */
    public static String of(Schema schema) {
        Template template = new Template();
        template.comment("", HEAD);
        String section = "";
        for (Key key : schema.keys()) {
            boolean enters = !key.section().equals(section);
            section = key.section();
            template.yaml.append('\n');
            if (enters) {
                template.comment("", schema.sections().getOrDefault(section, ""));
                template.yaml.append(section).append(":\n");
            }
            String indent = section.isEmpty() ? "" : "  ";
            template.comment(indent, key.comment());
            template.yaml
                    .append(indent)
                    .append(key.name())
                    .append(": ")
                    .append(key.initial())
                    .append('\n');
        }
        return template.yaml.toString();
    }

    /** Lines as long as fit. */
    private void comment(String indent, String text) {
        String start = indent + "#";
        StringBuilder line = new StringBuilder(start);
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                yaml.append(line).append('\n');
                line = new StringBuilder(start);
            }
            line.append(word.isEmpty() ? "" : " ").append(word);
        }
        if (line.length() > start.length()) {
            yaml.append(line).append('\n');
        }
    }
}
