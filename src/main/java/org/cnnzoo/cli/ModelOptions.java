package org.cnnzoo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that build a network without data: which one, and how it is changed. */
final class ModelOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A model's name, or the path of an architecture file.")
    private @Nullable String positional;

    @Option(names = "--model", paramLabel = "M", description = "The same as a flag.")
    private @Nullable String model;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set a value of the file, as params.width=0.5. May be repeated.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = {"--input-size", "--img-size"},
            paramLabel = "PX",
            description = "Height and width of the input, or HEIGHTxWIDTH.")
    private @Nullable String inputSize;

    @Option(
            names = "--channels",
            paramLabel = "N",
            description = "Channels of the input: 1 for grey images.")
    private @Nullable Integer channels;

    @Option(names = "--classes", paramLabel = "N", description = "How many classes.")
    private @Nullable Integer classes;

    private final Zoo zoo = Home.zoo();

    /** The model's file. */
    Path file() {
        return zoo.find(name());
    }

    /** Whether {@code --classes} was given. */
    boolean classesGiven() {
        return classes != null;
    }

    /** What {@code --set} and its short forms set, in the order in which they are applied. */
    List<SetValue> values() {
        return new NetworkChoice(name(), set, inputSize, channels, classes).values(zoo);
    }

    /** The architecture with these values. */
    Architecture load(List<SetValue> values) {
        return zoo.load(name(), values);
    }

    /**
     * The model's name or file.
     *
     * @throws BadInput if there is none, or there are two
     */
    private String name() {
        if (positional != null && model != null && !positional.equals(model)) {
            throw new BadInput("two models: " + positional + " and --model " + model);
        }
        String name = positional == null ? model : positional;
        if (name == null) {
            throw new BadInput("which model? as --model resnet50; 'cnn models' lists them all");
        }
        return name;
    }
}
