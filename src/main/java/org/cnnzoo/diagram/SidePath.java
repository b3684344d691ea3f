package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.cnnzoo.network.Network.AuxiliaryHead;

/**
 * Vertices that the logits don't depend on: an auxiliary head, or what nothing reads.
 *
 * @param ends those whose output nothing reads
 * @param note what is said of them
 */
record SidePath(NavigableSet<Integer> vertices, List<Integer> ends, String note) {

    /** All of a graph, by the vertex that they leave the main path at. */
    static Map<Integer, List<SidePath>> all(Graph graph, List<AuxiliaryHead> heads) {
        NavigableSet<Integer> main = graph.before(graph.output());
        NavigableSet<Integer> others = new TreeSet<>();
        for (int vertex = 0; vertex < graph.vertices().size(); vertex++) {
            if (!main.contains(vertex)) {
                others.add(vertex);
            }
        }
        Map<Integer, List<SidePath>> sides = new HashMap<>();
        for (NavigableSet<Integer> vertices : graph.components(others)) {
            int from = Graph.IMAGE;
            List<Integer> ends = new ArrayList<>(vertices);
            for (int vertex : vertices) {
                for (int in : graph.vertices().get(vertex).inputs()) {
                    from = vertices.contains(in) ? from : Math.max(from, in);
                    ends.remove(Integer.valueOf(in));
                }
            }
            sides.computeIfAbsent(from, none -> new ArrayList<>())
                    .add(new SidePath(vertices, ends, note(graph, vertices, heads)));
        }
        return sides;
    }

    private static String note(
            Graph graph, NavigableSet<Integer> vertices, List<AuxiliaryHead> heads) {
        for (AuxiliaryHead head : heads) {
            boolean here =
                    vertices.stream()
                            .flatMap(vertex -> graph.vertices().get(vertex).box().nodes())
                            .anyMatch(node -> node.name().equals(head.output()));
            if (here) {
                return "training only, loss x " + head.weight();
            }
        }
        return "not used";
    }
}
