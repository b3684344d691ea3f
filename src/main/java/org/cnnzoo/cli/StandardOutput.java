package org.cnnzoo.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that knows whether all of it was written: a {@link PrintStream} goes on without a
 * word where its disk is full.
 */
final class StandardOutput extends FilterOutputStream {
    /** What a reader that has seen enough, such as {@code head}, does to its writer. */
    private static final String GONE = "broken pipe";

    private final boolean isPipe;
    private @Nullable IOException failure;

    /**
     * @param to where it goes
     * @param isPipe whether that is a pipe, which can be broken and no more
     */
    StandardOutput(OutputStream to, boolean isPipe) {
        super(new BufferedOutputStream(to));
        this.isPipe = isPipe;
    }

    /** The process's own. */
    static StandardOutput ofProcess() {
        boolean pipe;
        try {
            pipe =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/1"))
                            .toString()
                            .startsWith("pipe:");
        } catch (IOException e) { // not on Linux
            pipe = false;
        }
        return new StandardOutput(new FileOutputStream(FileDescriptor.out), pipe);
    }

    @Override
    public void write(int b) throws IOException {
        noting(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        noting(() -> out.write(bytes, from, count));
    }

    @Override
    public void flush() throws IOException {
        noting(out::flush);
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void noting(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /**
     * What the command exits with.
     *
     * @param code its own exit code
     * @param err told why it can't be that one
     */
    int exitCode(int code, PrintStream err) {
        try {
            flush();
        } catch (IOException e) {
            // it is noted
        }
        if (failure == null || code != 0) {
            return code;
        }
        String why = String.valueOf(failure.getMessage());
        if (isPipe || why.toLowerCase(Locale.ROOT).contains(GONE)) {
            return code;
        }
        err.println("cnn: the output could not be written: " + why);
        return ErrorHandling.FAILED;
    }
}
