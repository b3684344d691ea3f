package org.cnnzoo.cli;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;

/** Entry point of {@code ./cnn}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Numbers in files, pages and messages are the same in every country
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        StandardOutput output = StandardOutput.ofProcess();
        int code =
                CnnCommand.run(
                        args, new PrintStream(output, false, Charset.defaultCharset()), System.err);
        System.exit(output.exitCode(code, System.err));
    }
}
