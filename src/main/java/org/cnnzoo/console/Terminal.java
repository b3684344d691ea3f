package org.cnnzoo.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person is watching. */
public final class Terminal {
    private static final Path STDERR = Path.of("/proc/self/fd/2");
    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /**
     * Whether stderr is a terminal. The JDK knows that of stdin and stdout alone, so Linux is
     * asked; elsewhere plain lines have to do.
     */
    public static boolean onStderr() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(STDERR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Columns, as far as the launcher tells. */
    public static int width() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{2,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }
}
