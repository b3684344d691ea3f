package org.cnnzoo.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.cnnzoo.build.Model;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * Times every vertex of a Deeplearning4j graph: each is replaced, in the graph's own array, by one
 * that looks at the clock before and after it.
 */
final class GraphClock extends LayerClock {
    GraphClock(Model model) {
        super(model);
        GraphVertex[] vertices = model.graph().getVertices();
        for (int i = 0; i < vertices.length; i++) {
            if (!vertices[i].isInputVertex()) {
                vertices[i] = timed(vertices[i]);
            }
        }
    }

    @Override
    String other() {
        return "loss";
    }

    private GraphVertex timed(GraphVertex vertex) {
        String name = vertex.getVertexName();
        return (GraphVertex)
                Proxy.newProxyInstance(
                        GraphVertex.class.getClassLoader(),
                        new Class<?>[] {GraphVertex.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "doForward" ->
                                            timed(name, false, method, vertex, arguments);
                                    case "doBackward" ->
                                            timed(name, true, method, vertex, arguments);
                                    default -> call(method, vertex, arguments);
                                });
    }

    private Object timed(
            String name, boolean backward, Method method, GraphVertex vertex, Object[] arguments)
            throws Throwable {
        long began = System.nanoTime();
        Object result = call(method, vertex, arguments);
        layerDone(name, backward, System.nanoTime() - began);
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
}
