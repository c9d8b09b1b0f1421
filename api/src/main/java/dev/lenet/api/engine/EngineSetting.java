package dev.lenet.api.engine;

import dev.lenet.api.Argument;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A setting that only one engine has, as its provider declares it, see {@link EngineProvider#settings}.
 *
 * <p>Its value comes in {@link EngineOptions#settings}, under the name of the engine, a dot and the name of the setting. Programs
 * that read settings from files or options check them, and explain them, by this declaration alone.
 *
 * @param name lower-case letters, digits and underscores
 * @param values which there are
 * @param initial the value where the user gives none, one of {@code values}
 * @param help what it does, in one sentence or several; <code>{range}</code> stands for the values there are
 */
public record EngineSetting(String name, Values values, String initial, String help) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public EngineSetting {
        Argument.check(
                NAME.matcher(name).matches(),
                "Engine setting",
                "a name of lower-case letters, digits and underscores",
                "'" + name + "'",
                "Leave the name of the engine out.");
        Argument.check(
                values.contains(initial),
                "Engine setting " + name,
                "a default of " + values.describe(),
                "'" + initial + "'",
                "Declare one of its values as the default.");
        Argument.check(!help.isBlank(), "Engine setting " + name, "a help text", "none", "Say what it does.");
    }

    /** The values a setting can have. */
    public sealed interface Values {

        /** Whether a text is one of them. */
        boolean contains(String text);

        /** All of them, in words that complete "expected". */
        String describe();
    }

    /**
     * A few words.
     *
     * @param words at least one
     */
    public record Choice(List<String> words) implements Values {
        public Choice {
            words = List.copyOf(words);
            Argument.check(!words.isEmpty(), "Engine setting", "one value or more", "none", "Name them.");
        }

        @Override
        public boolean contains(String text) {
            return words.contains(text);
        }

        @Override
        public String describe() {
            int last = words.size() - 1;
            return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        }
    }

    /**
     * Whole numbers in decimal digits.
     *
     * @param least the smallest of them
     * @param most the largest of them
     */
    public record WholeNumber(long least, long most) implements Values {
        public WholeNumber {
            Argument.check(
                    least <= most, "Engine setting", "a range", least + " to " + most, "Name the smaller end first.");
        }

        @Override
        public boolean contains(String text) {
            try {
                long number = Long.parseLong(text);
                return number >= least && number <= most && text.equals(String.valueOf(number));
            } catch (NumberFormatException e) {
                return false;
            }
        }

        @Override
        public String describe() {
            return least + " to " + most;
        }
    }

    /**
     * The name in configuration files and in {@link EngineOptions#settings}.
     *
     * @param engine the name of the engine
     */
    public String key(String engine) {
        return engine + "." + name;
    }

    /** The user's value for an engine of that name, which may be none of {@link #values}, or the default. */
    public String valueIn(EngineOptions options, String engine) {
        return options.settings().getOrDefault(key(engine), initial);
    }
}
