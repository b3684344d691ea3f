package org.cnnzoo.errors;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name nearest to a mistyped one. */
public final class Nearest {
    private Nearest() {}

    /**
     * The name in {@code known} with the fewest edits from {@code given}, if that is near enough to
     * be a slip: at most a third of its letters, and never fewer than one edit allowed. Two letters
     * changed round are one edit. Where none is near, a name that {@code given} begins.
     */
    public static Optional<String> to(String given, Collection<String> known) {
        String lower = given.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.max(lower.length(), 3) / 3);
        Optional<String> near =
                known.stream()
                        .filter(name -> distance(lower, name) <= limit)
                        .min(
                                Comparator.<String>comparingInt(name -> distance(lower, name))
                                        .thenComparing(Comparator.naturalOrder()));
        return near.or(
                () ->
                        known.stream()
                                .filter(name -> lower.length() > 2 && name.startsWith(lower))
                                .min(Comparator.naturalOrder()));
    }

    /** {@code "; did you mean 'x'?"}, or nothing where no known name is near. */
    public static String hint(String given, Collection<String> known) {
        return to(given, known).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    private static int distance(String lower, String name) {
        String other = name.toLowerCase(Locale.ROOT);
        int least = LevenshteinDistance.getDefaultInstance().apply(lower, other);
        for (int i = 0; i + 1 < lower.length() && least > 1; i++) {
            String swapped =
                    lower.substring(0, i)
                            + lower.charAt(i + 1)
                            + lower.charAt(i)
                            + lower.substring(i + 2);
            least =
                    Math.min(
                            least,
                            1 + LevenshteinDistance.getDefaultInstance().apply(swapped, other));
        }
        return least;
    }
}
