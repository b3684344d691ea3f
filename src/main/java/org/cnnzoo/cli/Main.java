package org.cnnzoo.cli;

import java.util.Locale;

/** Entry point of {@code ./cnn}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Numbers in files, pages and messages are the same in every country
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        System.exit(CnnCommand.run(args, System.out, System.err));
    }
}
