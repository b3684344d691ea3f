package org.cnnzoo.spec;

import java.util.List;
import java.util.Map;

/**
 * A layer of an architecture after blocks, stages, repeats and choices are written out. {@code
 * segment} is its part of the path that names it.
 */
public sealed interface Layer {
    String segment();

    Where where();

    /** One operation, such as a convolution. */
    record Single(String segment, Word word, Arguments arguments, Where where) implements Layer {}

    /** Layers one after the other. */
    record Group(String segment, Frame frame, List<Layer> layers, Where where) implements Layer {
        public Group {
            layers = List.copyOf(layers);
        }
    }

    /** Whose arriving channels are meant by relative channel counts inside a group. */
    enum Frame {
        /** The same as outside the group. */
        OUTER,
        /** The same as outside; a copy by {@code repeat}, whose taps are its own. */
        COPY,
        /** What arrives at this call of a block: {@code $in}. Its taps are its own. */
        BLOCK,
        /** What arrives at this composite word. */
        WORD
    }

    /** A main path and a shortcut around it. */
    record Residual(
            String segment,
            List<Layer> main,
            List<Layer> shortcut,
            OnMismatch onMismatch,
            Join join,
            boolean plain,
            DropPath dropPath,
            double scale,
            Activation activation,
            Where where)
            implements Layer {
        public Residual {
            main = List.copyOf(main);
            shortcut = List.copyOf(shortcut);
        }
    }

    /** What a shortcut does where its shape differs from the main path's. */
    sealed interface OnMismatch {
        /** Refuse the file. */
        record Refuse() implements OnMismatch {}

        /** A 1x1 convolution with batch normalisation (He 2015, option B). */
        record Project() implements OnMismatch {}

        /** Subsample and fill up with zero channels (He 2015, option A). */
        record Pad() implements OnMismatch {}

        /** No shortcut (MobileNetV2). */
        record Drop() implements OnMismatch {}

        /** Layers of the file's own. */
        record Through(List<Layer> layers) implements OnMismatch {
            public Through {
                layers = List.copyOf(layers);
            }
        }
    }

    /**
     * Parallel paths over one input.
     *
     * @param split whether each branch gets its share of the channels instead of all of them
     */
    record Branches(
            String segment, Join join, boolean split, Map<String, List<Layer>> of, Where where)
            implements Layer {
        public Branches {
            of = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(of));
        }
    }

    /** A head that exists in training only; what arrives goes on unchanged beside it. */
    record Auxiliary(String segment, double weight, List<Layer> layers, Where where)
            implements Layer {
        public Auxiliary {
            layers = List.copyOf(layers);
        }
    }

    /** Remembers what arrives under a name, inside the innermost call of a block or copy. */
    record Tap(String segment, String tap, Where where) implements Layer {}

    /** Goes on from what a tap remembered. */
    record From(String segment, String tap, Where where) implements Layer {}
}
