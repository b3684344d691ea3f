package org.cnnzoo.cli;

/** Entry point of {@code ./cnn}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(CnnCommand.run(args, System.out, System.err));
    }
}
