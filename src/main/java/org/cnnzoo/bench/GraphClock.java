package org.cnnzoo.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.build.Model;
import org.cnnzoo.network.Node;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * Times every vertex of a Deeplearning4j graph: each is replaced, in the graph's own array, by one
 * that looks at the clock before and after it.
 */
final class GraphClock implements LayerClock {
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> types;
    private final long[] forward;
    private final long[] backward;
    private long lastEnd;
    private long after;
    private long whole;
    private int steps;

    /** Starts to time the model's layers, for good. */
    GraphClock(Model model) {
        types =
                model.network().nodes().stream()
                        .collect(Collectors.toMap(Node::name, node -> node.operation().type()));
        GraphVertex[] vertices = model.graph().getVertices();
        forward = new long[vertices.length];
        backward = new long[vertices.length];
        for (int i = 0; i < vertices.length; i++) {
            names.add(vertices[i].getVertexName());
            if (!vertices[i].isInputVertex()) {
                vertices[i] = timed(vertices[i], i);
            }
        }
    }

    private GraphVertex timed(GraphVertex vertex, int index) {
        return (GraphVertex)
                Proxy.newProxyInstance(
                        GraphVertex.class.getClassLoader(),
                        new Class<?>[] {GraphVertex.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "doForward" ->
                                            timed(forward, index, method, vertex, arguments);
                                    case "doBackward" ->
                                            timed(backward, index, method, vertex, arguments);
                                    default -> call(method, vertex, arguments);
                                });
    }

    private Object timed(
            long[] times, int index, Method method, GraphVertex vertex, Object[] arguments)
            throws Throwable {
        long began = System.nanoTime();
        Object result = call(method, vertex, arguments);
        lastEnd = System.nanoTime();
        times[index] += lastEnd - began;
        return result;
    }

    private static Object call(Method method, GraphVertex vertex, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(vertex, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void reset() {
        Arrays.fill(forward, 0);
        Arrays.fill(backward, 0);
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
        for (int i = 0; i < names.size(); i++) {
            if (forward[i] + backward[i] > 0) {
                inside += forward[i] + backward[i];
                layers.add(
                        new Profile.Layer(
                                names.get(i),
                                types.getOrDefault(names.get(i), "loss"),
                                millis(forward[i]),
                                millis(backward[i])));
            }
        }
        return new Profile(layers, millis(after), millis(whole - inside - after));
    }

    private double millis(long nanos) {
        return nanos / 1e6 / steps;
    }
}
