package org.cnnzoo.diagram;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Shape;

/** What a diagram is made of. Each figure has one way in, at its top, and one out, below. */
public sealed interface Figure {

    /** The nodes it draws, those of every copy included. */
    Stream<Node> nodes();

    /** The shape behind it. */
    Shape output();

    /** Trainable parameters of all its nodes. */
    default long parameters() {
        return nodes().mapToLong(Node::parameters).sum();
    }

    /** The path that its nodes have in common, such as {@code features.stage.0.1}. */
    default String name() {
        return Paths.common(nodes().map(Node::name).toList());
    }

    /**
     * One operation, or several in a row that belong together.
     *
     * @param title such as {@code 3x3 conv, 64, /2}
     * @param parts what else is in it: {@code BN}, {@code ReLU}
     * @param members its nodes, in order; the box of the image has none
     */
    record Box(Kind kind, String title, List<String> parts, List<Node> members, Shape output)
            implements Figure {
        public Box {
            parts = List.copyOf(parts);
            members = List.copyOf(members);
        }

        @Override
        public Stream<Node> nodes() {
            return members.stream();
        }
    }

    /** One after the other; nothing at all where {@code items} is empty. */
    record Chain(Shape input, List<Figure> items) implements Figure {
        public Chain {
            items = List.copyOf(items);
        }

        @Override
        public Stream<Node> nodes() {
            return items.stream().flatMap(Figure::nodes);
        }

        @Override
        public Shape output() {
            return items.isEmpty() ? input : items.get(items.size() - 1).output();
        }
    }

    /**
     * Paths side by side.
     *
     * @param join where they meet; empty where they run on to a join further out
     */
    record Parallel(Shape input, List<Chain> branches, Optional<Box> join) implements Figure {
        public Parallel {
            branches = List.copyOf(branches);
        }

        @Override
        public Stream<Node> nodes() {
            return Stream.concat(branches.stream().flatMap(Chain::nodes), joined(join));
        }

        @Override
        public Shape output() {
            return join.map(Box::output).orElse(input);
        }
    }

    /**
     * A path with another one round it: a shortcut, or the gate of squeeze and excitation.
     *
     * @param main the path that is drawn straight on
     * @param side the path beside it; empty for an identity
     * @param join as in {@link Parallel}
     */
    record Residual(Chain main, Chain side, Optional<Box> join) implements Figure {
        @Override
        public Stream<Node> nodes() {
            return Stream.concat(Stream.concat(main.nodes(), side.nodes()), joined(join));
        }

        @Override
        public Shape output() {
            return join.map(Box::output).orElse(main.input());
        }
    }

    /** The same several times over; the first copy is drawn. */
    record Repeat(List<Chain> copies) implements Figure {
        public Repeat {
            copies = List.copyOf(copies);
        }

        Chain drawn() {
            return copies.get(0);
        }

        @Override
        public Stream<Node> nodes() {
            return copies.stream().flatMap(Chain::nodes);
        }

        @Override
        public Shape output() {
            return copies.get(copies.size() - 1).output();
        }
    }

    /**
     * A path that leaves the main one and does not return, such as an auxiliary head.
     *
     * @param note what is said of it: {@code training only}
     */
    record Side(Chain head, String note) implements Figure {
        @Override
        public Stream<Node> nodes() {
            return head.nodes();
        }

        /** What goes on beside it. */
        @Override
        public Shape output() {
            return head.input();
        }
    }

    /**
     * Boxes whose paths cross, so that they are neither one after the other nor side by side.
     *
     * @param boxes in an order in which inputs come first
     * @param inputs for each box the positions of those it reads, -1 for what arrives
     * @param ends the positions of those that are read further on
     */
    record Tangle(Shape input, List<Box> boxes, List<List<Integer>> inputs, List<Integer> ends)
            implements Figure {
        public Tangle {
            boxes = List.copyOf(boxes);
            inputs = List.copyOf(inputs);
            ends = List.copyOf(ends);
        }

        @Override
        public Stream<Node> nodes() {
            return boxes.stream().flatMap(Box::nodes);
        }

        @Override
        public Shape output() {
            return ends.size() == 1 ? boxes.get(ends.get(0)).output() : input;
        }
    }

    private static Stream<Node> joined(Optional<Box> join) {
        return join.stream().flatMap(Box::nodes);
    }
}
