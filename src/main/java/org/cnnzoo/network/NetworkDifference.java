package org.cnnzoo.network;

import java.util.List;
import java.util.Optional;

/**
 * What makes two networks of the same input compute different things from the same values: the
 * first layer that differs in name, in inputs or in its {@link Operation#computation}. Places in
 * files make no difference, nor what values start at, what is fixed in training, and how much is
 * dropped.
 */
public final class NetworkDifference {
    private NetworkDifference() {}

    /**
     * The first difference, in a few words.
     *
     * @return nothing if there is none
     */
    public static Optional<String> between(Network was, Network is) {
        List<Node> before = was.nodes();
        List<Node> after = is.nodes();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            Optional<String> difference = between(before.get(i), after.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        if (before.size() == after.size()) {
            return Optional.empty();
        }
        return Optional.of(
                before.size() > after.size()
                        ? before.get(after.size()).name() + " is gone"
                        : after.get(before.size()).name() + " is new");
    }

    private static Optional<String> between(Node was, Node is) {
        if (!was.name().equals(is.name())) {
            return Optional.of("%s was %s".formatted(is.name(), was.name()));
        }
        if (!was.inputs().equals(is.inputs())) {
            return Optional.of(is.name() + " has other inputs");
        }
        String before = was.operation().type();
        String after = is.operation().type();
        if (!before.equals(after)) {
            return Optional.of("%s was %s, and is %s".formatted(is.name(), before, after));
        }
        return was.operation().computation().equals(is.operation().computation())
                ? Optional.empty()
                : Optional.of("%s, a %s, has other settings".formatted(is.name(), after));
    }
}
