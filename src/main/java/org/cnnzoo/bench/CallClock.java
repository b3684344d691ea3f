package org.cnnzoo.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.build.Model;
import org.cnnzoo.network.Node;

/** Times the calls that a model on oneDNN makes for each of its nodes. */
final class CallClock implements LayerClock {
    private final Map<String, String> types;
    private final Map<String, long[]> times = new LinkedHashMap<>();
    private long lastEnd;
    private long after;
    private long whole;
    private int steps;

    CallClock(Model model) {
        types =
                model.network().nodes().stream()
                        .collect(Collectors.toMap(Node::name, node -> node.operation().type()));
        model.setTimer(
                (node, backward, nanos) -> {
                    times.computeIfAbsent(node, name -> new long[2])[backward ? 1 : 0] += nanos;
                    lastEnd = System.nanoTime();
                });
    }

    @Override
    public void reset() {
        times.clear();
        after = 0;
        whole = 0;
        steps = 0;
    }

    @Override
    public void stepDone(long began, long ended) {
        steps++;
        after += ended - lastEnd;
        whole += ended - began;
    }

    @Override
    public Profile profile() {
        List<Profile.Layer> layers = new ArrayList<>();
        long inside = 0;
        for (Map.Entry<String, long[]> node : times.entrySet()) {
            long[] nanos = node.getValue();
            inside += nanos[0] + nanos[1];
            layers.add(
                    new Profile.Layer(
                            node.getKey(),
                            types.getOrDefault(node.getKey(), "layout"),
                            millis(nanos[0]),
                            millis(nanos[1])));
        }
        return new Profile(layers, millis(after), millis(whole - inside - after));
    }

    private double millis(long nanos) {
        return nanos / 1e6 / steps;
    }
}
