package org.cnnzoo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.jspecify.annotations.Nullable;

/**
 * A model as a command line names it, with what its flags set.
 *
 * @param set {@code path=value}, each after a {@code --set}
 * @param inputSize pixels, as {@code 160} or {@code 160x224}
 */
record NetworkChoice(
        String model,
        List<String> set,
        @Nullable String inputSize,
        @Nullable Integer channels,
        @Nullable Integer classes) {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})(?:x([0-9]{1,5}))?");

    NetworkChoice {
        set = List.copyOf(set);
    }

    /** A model with {@code --set} alone. */
    static NetworkChoice of(String model, List<String> set) {
        return new NetworkChoice(model, set, null, null, null);
    }

    /**
     * Reads its file.
     *
     * @throws BadInput for an unknown model, or a value that isn't right
     */
    Architecture load(Zoo zoo) {
        return zoo.load(model, values(zoo));
    }

    /** What is set in its file, in the order in which it is applied. */
    List<SetValue> values(Zoo zoo) {
        List<SetValue> values = new ArrayList<>();
        set.forEach(text -> values.add(SetValue.parse(text)));
        if (inputSize != null) {
            SetValue.refuseBeside("--input-size", values, "input.shape");
        }
        if (classes != null) {
            SetValue.refuseBeside("--classes", values, "params.classes");
            values.add(SetValue.of("params.classes", classes.toString(), "--classes " + classes));
        }
        if (inputSize != null || channels != null) {
            values.add(shape(zoo.load(model, values).input()));
        }
        return values;
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
