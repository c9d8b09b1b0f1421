package dev.lenet.app.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options that libraries do not know. The api and the engines say what to change; whoever uses the command line also
 * wants to know how. Behind each of these phrases comes the option, in parentheses.
 */
public final class OptionHints {
    private static final Map<String, String> OPTIONS = Map.of(
            "take the device cpu", "--device cpu",
            "take another device", "--device",
            "take another engine", "--engine",
            "take a smaller batch size", "--batch-size",
            "a training goes on from its last checkpoint", "train --resume",
            "to start a run from the weights of a model", "train --init");

    private static final Pattern PHRASES = Pattern.compile(
            OPTIONS.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")), Pattern.CASE_INSENSITIVE);

    private OptionHints() {}

    /** A sentence of a library with the options it has here. */
    public static String in(String sentence) {
        return PHRASES.matcher(sentence).replaceAll(OptionHints::withOption);
    }

    private static String withOption(MatchResult phrase) {
        return phrase.group() + " (" + OPTIONS.get(phrase.group().toLowerCase(Locale.ROOT)) + ")";
    }
}
