package org.cnnzoo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that build a network without data: which one, and how it is changed. */
final class ModelOptions {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})(?:x([0-9]{1,5}))?");

    @Option(
            names = "--model",
            required = true,
            paramLabel = "M",
            description = "A model's name, or the path of an architecture file.")
    private String model = "";

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

    private final Zoo zoo = new Zoo(Home.path().resolve("configs/models"));

    /** The model's file. */
    Path file() {
        return zoo.find(model);
    }

    /** Whether {@code --classes} was given. */
    boolean classesGiven() {
        return classes != null;
    }

    /** What {@code --set} and its short forms set, in the order in which they are applied. */
    List<SetValue> values() {
        List<SetValue> values = new ArrayList<>();
        set.forEach(text -> values.add(SetValue.parse(text)));
        if (classes != null) {
            values.add(SetValue.of("params.classes", classes.toString(), "--classes " + classes));
        }
        if (inputSize != null || channels != null) {
            values.add(shape(zoo.load(model, values).input()));
        }
        return values;
    }

    /** The architecture with these values. */
    Architecture load(List<SetValue> values) {
        return zoo.load(model, values);
    }

    private SetValue shape(Architecture.Input input) {
        int height = input.height();
        int width = input.width();
        if (inputSize != null) {
            Matcher sides = SIZE.matcher(inputSize);
            if (!sides.matches()) {
                throw new BadInput(
                        "--input-size " + inputSize + ": expected pixels, as 160 or 160x224");
            }
            height = Integer.parseInt(sides.group(1));
            width = sides.group(2) == null ? height : Integer.parseInt(sides.group(2));
        }
        int maps = channels == null ? input.channels() : channels;
        String flags =
                (inputSize == null ? "" : "--input-size " + inputSize)
                        + (channels == null ? "" : " --channels " + channels);
        return SetValue.of("input.shape", List.of(maps, height, width).toString(), flags.strip());
    }
}
