package org.cnnzoo.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.build.Model;
import org.cnnzoo.network.Node;

/** Times a model's layers while steps run; how it looks at them depends on the engine. */
abstract sealed class LayerClock permits CallClock, GraphClock {
    private final Map<String, String> types;
    private final Map<String, long[]> times = new LinkedHashMap<>();
    private long lastEnd;
    private long after;
    private long whole;
    private int steps;

    LayerClock(Model model) {
        types =
                model.network().nodes().stream()
                        .collect(Collectors.toMap(Node::name, node -> node.operation().type()));
    }

    /** A clock for a model, which is timed from now on, for good. */
    static LayerClock of(Model model) {
        return model.engine().equals("onednn") ? new CallClock(model) : new GraphClock(model);
    }

    /** A layer's forward or backward pass took so long, and ended just now. */
    final void layerDone(String layer, boolean backward, long nanos) {
        times.computeIfAbsent(layer, name -> new long[2])[backward ? 1 : 0] += nanos;
        lastEnd = System.nanoTime();
    }

    /** Forgets what was timed: warm-up is over. */
    final void reset() {
        times.clear();
        after = 0;
        whole = 0;
        steps = 0;
    }

    /** A step is done that began and ended at these readings of {@link System#nanoTime}. */
    final void stepDone(long began, long ended) {
        steps++;
        after += ended - lastEnd;
        whole += ended - began;
    }

    /** What was timed since {@link #reset}, means over the steps. */
    final Profile profile() {
        List<Profile.Layer> layers = new ArrayList<>();
        long inside = 0;
        for (Map.Entry<String, long[]> layer : times.entrySet()) {
            long[] nanos = layer.getValue();
            inside += nanos[0] + nanos[1];
            layers.add(
                    new Profile.Layer(
                            layer.getKey(),
                            types.getOrDefault(layer.getKey(), other()),
                            millis(nanos[0]),
                            millis(nanos[1])));
        }
        return new Profile(layers, millis(after), millis(whole - inside - after));
    }

    /** What is timed that is no node of the network. */
    abstract String other();

    private double millis(long nanos) {
        return nanos / 1e6 / steps;
    }
}
