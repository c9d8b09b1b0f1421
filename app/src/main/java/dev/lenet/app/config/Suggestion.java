package dev.lenet.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what a misspelt word was probably meant to be. */
final class Suggestion {
    /** No name is nearly as long; comparing takes time that grows with the length. */
    private static final int LONGEST = 100;

    private Suggestion() {}

    /** The nearest of some words, unless all are far. */
    static Optional<String> nearest(String word, Collection<String> words) {
        return nearest(word, words, Function.identity());
    }

    /** The candidate whose name is nearest, unless all are far; of equals, the first. */
    static <T> Optional<T> nearest(String word, Collection<T> candidates, Function<T, String> name) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String written = normal(word);
        // A third of the letters: enough for a slip or two, too little to turn one word into another.
        int most = Math.max(1, written.length() / 3);
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> mistakes(written, name.apply(candidate))))
                .filter(candidate -> mistakes(written, name.apply(candidate)) <= most);
    }

    /** Letters alone: batchSize, batch-size and batch_size are the same mistake. */
    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").strip();
    }

    /** An abbreviation by initials, such as lr for learning_rate, counts as one mistake. */
    private static int mistakes(String written, String name) {
        String initials =
                Stream.of(name.split("_", -1)).map(part -> part.substring(0, 1)).collect(Collectors.joining());
        return initials.length() > 1 && initials.equals(written) ? 1 : distance(written, normal(name));
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
