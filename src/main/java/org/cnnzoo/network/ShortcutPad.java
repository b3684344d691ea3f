package org.cnnzoo.network;

import java.util.List;
import org.cnnzoo.spec.Size;

/**
 * The parameter-free shortcut of He 2015, option A: every {@code stride}th pixel, then zero
 * channels behind the others up to {@code channels}.
 */
public record ShortcutPad(int channels, Size stride) implements Operation {

    @Override
    public String type() {
        return "shortcut_pad";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = Operation.maps(inputs, type());
        if (channels < in.channels()) {
            throw new ShapeMismatch(
                    "a shortcut can't pad " + in.channels() + " channels to " + channels);
        }
        return Shape.maps(
                channels,
                (in.height() - 1) / stride.height() + 1,
                (in.width() - 1) / stride.width() + 1);
    }
}
