package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.diagram.Figure.Box;
import org.cnnzoo.diagram.Figure.Chain;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.GlobalPool;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Operation;
import org.cnnzoo.network.Shape;
import org.cnnzoo.spec.Join;

/** What several paths from one place are: a residual, a gate, or branches of equal rank. */
final class Branching {
    /** A shortcut has a projection at most, with a pooling in front. */
    private static final int LONGEST_SHORTCUT = 2;

    private Branching() {}

    static Figure of(Shape input, List<Chain> branches, Optional<Box> join) {
        if (branches.size() == 2) {
            Chain first = branches.get(0);
            Chain second = branches.get(1);
            boolean firstIsShorter = first.items().size() < second.items().size();
            Chain shorter = firstIsShorter ? first : second;
            Chain longer = firstIsShorter ? second : first;
            Optional<Join> way = join.flatMap(Branching::way);
            if (longer.items().isEmpty()) {
                return new Figure.Parallel(input, branches, join);
            }
            if (shorter.items().isEmpty() && way.equals(Optional.of(Join.MULTIPLY))) {
                return new Figure.Residual(shorter, gate(longer), join);
            }
            boolean shortcut =
                    shorter.items().isEmpty()
                            || (way.equals(Optional.of(Join.ADD))
                                    && shorter.items().size() <= LONGEST_SHORTCUT
                                    && shorter.items().size() < longer.items().size());
            if (shortcut) {
                return new Figure.Residual(longer, shorter, join);
            }
        }
        return new Figure.Parallel(input, branches, join);
    }

    private static Optional<Join> way(Box join) {
        return join.members().get(0).operation() instanceof Merge merge
                ? Optional.of(merge.join())
                : Optional.empty();
    }

    /** Squeeze and excitation as one box: a mean of all pixels, two layers, activations. */
    private static Chain gate(Chain path) {
        List<Box> layers = new ArrayList<>();
        List<String> activations = new ArrayList<>();
        for (Figure item : path.items()) {
            if (item instanceof Box box && weighs(box)) {
                layers.add(box);
                activations.addAll(box.parts());
            } else if (item instanceof Box box && box.kind() == Kind.ACTIVATION) {
                activations.add(box.title());
            } else if (item != path.items().get(0)) {
                return path;
            }
        }
        boolean mean =
                path.items().get(0) instanceof Box box
                        && box.members().get(0).operation() instanceof GlobalPool;
        if (!mean || layers.size() != 2) {
            return path;
        }
        String title = "SE, " + layers.get(0).output().channels();
        List<Node> members = path.nodes().toList();
        Box box = new Box(Kind.GATE, title, activations, members, path.output());
        return new Chain(path.input(), List.of(box));
    }

    private static boolean weighs(Box box) {
        Operation first = box.members().get(0).operation();
        return first instanceof Conv2d || first instanceof Dense;
    }
}
