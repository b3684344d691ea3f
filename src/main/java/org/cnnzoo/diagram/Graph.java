package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Operation;

/**
 * A network as a graph of boxes: a convolution takes its normalisation and activation in, a join
 * its activation.
 *
 * @param vertices in an order in which inputs come first
 * @param output the position of the one with the logits
 */
record Graph(List<Vertex> vertices, int output) {
    /** The position that stands for the image. */
    static final int IMAGE = -1;

    Graph {
        vertices = List.copyOf(vertices);
    }

    /**
     * A box in its place.
     *
     * @param inputs positions of those it reads, in the order in which it does
     * @param auxiliary whether it exists in training only
     */
    record Vertex(Figure.Box box, List<Integer> inputs, boolean auxiliary) {
        Vertex {
            inputs = List.copyOf(inputs);
        }
    }

    static Graph of(Network network) {
        Map<String, Integer> readers = new HashMap<>();
        network.nodes()
                .forEach(node -> node.inputs().forEach(in -> readers.merge(in, 1, Integer::sum)));
        Map<String, Integer> places = new HashMap<>();
        places.put(Network.INPUT, IMAGE);
        List<List<Node>> groups = new ArrayList<>();
        for (Node node : network.nodes()) {
            String read = node.inputs().get(0);
            int before = place(places, read);
            boolean alone = node.inputs().size() == 1 && readers.get(read) == 1;
            if (alone && before != IMAGE && takesIn(groups.get(before), node)) {
                groups.get(before).add(node);
                places.put(node.name(), before);
            } else {
                places.put(node.name(), groups.size());
                groups.add(new ArrayList<>(List.of(node)));
            }
        }
        List<Vertex> vertices = new ArrayList<>();
        for (List<Node> group : groups) {
            Node first = group.get(0);
            List<Integer> inputs = first.inputs().stream().map(in -> place(places, in)).toList();
            vertices.add(new Vertex(Captions.box(group), inputs, first.auxiliary()));
        }
        return new Graph(vertices, place(places, network.output()));
    }

    /** A vertex and all that it depends on. */
    NavigableSet<Integer> before(int vertex) {
        NavigableSet<Integer> found = new TreeSet<>(List.of(vertex));
        for (int at = vertex; at > IMAGE; at--) {
            if (found.contains(at)) {
                vertices.get(at).inputs().stream().filter(in -> in != IMAGE).forEach(found::add);
            }
        }
        return found;
    }

    /** Vertices that hang together when all others are taken away, in order of their first. */
    List<NavigableSet<Integer>> components(NavigableSet<Integer> inside) {
        List<NavigableSet<Integer>> components = new ArrayList<>();
        for (int vertex : inside) {
            NavigableSet<Integer> joined = new TreeSet<>(List.of(vertex));
            for (int in : vertices.get(vertex).inputs()) {
                for (NavigableSet<Integer> component : List.copyOf(components)) {
                    if (component.contains(in)) {
                        joined.addAll(component);
                        components.remove(component);
                    }
                }
            }
            components.add(joined);
        }
        components.sort(Comparator.comparing(NavigableSet::first));
        return components;
    }

    private static int place(Map<String, Integer> places, String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no node " + name + " before it is read");
        }
        return place;
    }

    private static boolean takesIn(List<Node> group, Node node) {
        Operation first = group.get(0).operation();
        Operation last = group.get(group.size() - 1).operation();
        boolean weighs = first instanceof Conv2d || first instanceof Dense;
        if (group.get(0).auxiliary() != node.auxiliary()) {
            return false;
        }
        if (Captions.isNorm(node.operation())) {
            return weighs && group.size() == 1;
        }
        if (Captions.isNothing(node.operation())) {
            return true;
        }
        return Captions.isActivation(node.operation())
                && !Captions.isActivation(last)
                && (weighs || first instanceof Merge || Captions.isNorm(first));
    }
}
