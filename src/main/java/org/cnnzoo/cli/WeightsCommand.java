package org.cnnzoo.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cnn weights}: weights from torchvision and timm, and back. */
@Command(
        name = "weights",
        subcommands = {
            WeightsImportCommand.class,
            WeightsExportCommand.class,
            WeightsGradientsCommand.class
        },
        footer = {
            "",
            "Example:",
            "  cnn weights import --model resnet18 --from resnet18.pth --output resnet18.zip"
        })
public final class WeightsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "which one: cnn weights import, export or gradients?");
    }
}
