package org.cnnzoo.errors;

/** Why something failed, in one to three lines for a person. */
public final class Reason {
    private static final int MOST_CAUSES = 20;

    private Reason() {}

    /**
     * The first of the causes that we have words for, since a worker thread's failure arrives
     * wrapped; {@code thrown} itself if there is none.
     */
    public static Throwable known(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (hasWords(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return thrown;
    }

    /** Whether its message was written for a person, or says what to do about it. */
    public static boolean hasWords(Throwable thrown) {
        return thrown instanceof BadInput
                || thrown instanceof WorkFailed
                || thrown instanceof OutOfMemoryError;
    }

    /** The lines, of {@link #known}. */
    public static String of(Throwable thrown) {
        Throwable known = known(thrown);
        String name = known.getClass().getSimpleName();
        String message = known.getMessage();
        if (known instanceof OutOfMemoryError) {
            return "out of memory: %s%na smaller --batch-size or --input-size needs less"
                    .formatted(firstLine(message == null ? name : message));
        }
        if (hasWords(known)) {
            return message == null ? name : message;
        }
        return "unexpected: " + name + (message == null ? "" : ": " + firstLine(message));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
