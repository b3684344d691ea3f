package org.cnnzoo.network;

import java.util.List;

/**
 * What a node of a network computes. Each operation knows the shape it makes of its inputs, the
 * arrays it owns and the multiply-adds it takes for one image.
 */
public sealed interface Operation
        permits Conv2d,
                Dense,
                BatchNorm,
                GroupNorm,
                LayerNorm,
                LocalResponseNorm,
                Pool,
                GlobalPool,
                AdaptiveAvgPool,
                Activate,
                PRelu,
                Softmax,
                Dropout,
                Flatten,
                ChannelShuffle,
                ChannelSlice,
                ShortcutPad,
                ZeroPad,
                Scale,
                LayerScale,
                Upsample,
                Merge {

    /** The word that names it in tables and JSON. */
    String type();

    /**
     * The shape of the output for one image.
     *
     * @throws ShapeMismatch if it can't take these inputs
     */
    Shape output(List<Shape> inputs);

    /** The arrays it owns, given its inputs. */
    default List<Weight> weights(List<Shape> inputs) {
        return List.of();
    }

    /** Multiply-adds for one image; only convolutions and dense layers count any. */
    default long macs(List<Shape> inputs) {
        return 0;
    }

    /** A few words on its settings for tables, such as {@code 3x3/2}. */
    default String details() {
        return "";
    }

    /**
     * What two operations have in common that compute the same from the same values: not what the
     * values start at, nor what is dropped or fixed in training.
     */
    default Object computation() {
        return this;
    }

    /** The single input, which must be maps. */
    static Shape maps(List<Shape> inputs, String type) {
        Shape in = inputs.get(0);
        if (in.flat()) {
            throw new ShapeMismatch(type + " needs maps of [channels, height, width]");
        }
        return in;
    }
}
