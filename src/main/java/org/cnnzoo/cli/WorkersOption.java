package org.cnnzoo.cli;

import org.cnnzoo.errors.BadInput;
import picocli.CommandLine.Option;

/** {@code --workers} of commands that only read images. */
final class WorkersOption {
    static final String NAME = "--workers";

    @Option(
            names = {"-j", NAME},
            paramLabel = "N",
            description = "Threads that decode images (default ${DEFAULT-VALUE}).")
    private int workers = 1;

    /**
     * How many; 0 decodes between the network's passes.
     *
     * @throws BadInput if it is negative
     */
    int count() {
        if (workers < 0) {
            throw new BadInput(NAME + " must be 0 or more, not " + workers);
        }
        return workers;
    }
}
