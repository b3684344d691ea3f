package org.cnnzoo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnn data}: the data sets and what the network sees of them. */
@Command(
        name = "data",
        description = "Data sets: which are known, and what a network sees of one.",
        subcommands = {DataListCommand.class, DataShowCommand.class},
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  cnn data show --data fashion-mnist --count 20"})
public final class DataCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which one: cnn data list or cnn data show?");
    }
}
