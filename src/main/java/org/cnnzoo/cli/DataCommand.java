package org.cnnzoo.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnn data}: the data sets and what the network sees of them. */
@Command(
        name = "data",
        subcommands = {DataListCommand.class, DataShowCommand.class, DataVerifyCommand.class},
        footer = {"", "Example:", "  cnn data show --data fashion-mnist --count 20"})
public final class DataCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "which one: cnn data list, cnn data show or cnn data verify?");
    }
}
