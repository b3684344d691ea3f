package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cnnzoo.diagram.Figure.Box;
import org.cnnzoo.diagram.Figure.Chain;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Shape;

/**
 * Takes a graph apart into chains and parallel paths.
 *
 * <p>Between two places, the vertices that every path crosses are one after the other; what lies
 * between two neighbours of these falls into components, which are side by side. A component that
 * no vertex divides any further is a {@link Figure.Tangle}.
 */
final class Decomposition {
    private final Graph graph;
    private final Shape image;
    private final Map<Integer, List<SidePath>> sides;

    private Decomposition(Graph graph, Network network) {
        this.graph = graph;
        this.image = network.input();
        this.sides = SidePath.all(graph, network.heads());
    }

    /** The whole of a network, the image and the logits in boxes of their own. */
    static Chain of(Network network) {
        Decomposition all = new Decomposition(Graph.of(network), network);
        List<Figure> items = new ArrayList<>();
        items.add(end("image " + Captions.shape(network.input()), network.input()));
        all.addSides(Graph.IMAGE, "", items);
        int output = all.graph.output();
        NavigableSet<Integer> main = all.graph.before(output);
        items.addAll(all.between(Graph.IMAGE, List.of(output), main).items());
        items.add(end("logits", Shape.vector(network.classes())));
        return new Chain(network.input(), items);
    }

    private static Box end(String title, Shape shape) {
        return new Box(Kind.END, title, List.of(), List.of(), shape);
    }

    /**
     * The chain of some vertices.
     *
     * @param from what they read from outside
     * @param ends what is read of them further on, in the order in which it is
     */
    private Chain between(int from, List<Integer> ends, NavigableSet<Integer> inside) {
        List<Figure> items = new ArrayList<>();
        int before = from;
        for (int vertex : dividing(inside, ends)) {
            List<Integer> inputs = graph.vertices().get(vertex).inputs();
            Optional<Box> own = Optional.of(graph.vertices().get(vertex).box());
            step(
                    before,
                    inputs,
                    inside.subSet(start(before, inside), true, vertex, false),
                    own,
                    items);
            addSides(vertex, "", items);
            before = vertex;
        }
        if (before == from && !inside.isEmpty()) {
            items.add(tangle(from, ends, inside));
            // they leave in the middle of the tangle, and are drawn behind it
            for (int vertex : inside) {
                addSides(vertex, ", of " + name(vertex), items);
            }
        } else {
            step(before, ends, inside.tailSet(before, false), Optional.empty(), items);
        }
        return new Chain(shape(from), Repeats.fold(shape(from), items));
    }

    private static int start(int before, NavigableSet<Integer> inside) {
        return inside.contains(before) ? before + 1 : inside.first();
    }

    /** Those that no edge leads past. */
    private List<Integer> dividing(NavigableSet<Integer> inside, List<Integer> ends) {
        List<Integer> dividing = new ArrayList<>();
        for (int vertex : inside) {
            boolean passed =
                    ends.stream().anyMatch(end -> inside.contains(end) && end < vertex)
                            || inside.tailSet(vertex, false).stream()
                                    .flatMap(later -> graph.vertices().get(later).inputs().stream())
                                    .anyMatch(in -> in < vertex || !inside.contains(in));
            if (!passed) {
                dividing.add(vertex);
            }
        }
        return dividing;
    }

    /**
     * What comes between two neighbours of a chain, and the second of them if it is the chain's.
     */
    private void step(
            int from,
            List<Integer> inputs,
            NavigableSet<Integer> inside,
            Optional<Box> end,
            List<Figure> items) {
        Map<Integer, Chain> branches = new TreeMap<>(); // by the place among the inputs
        for (int i = 0; i < inputs.size(); i++) {
            if (!inside.contains(inputs.get(i))) {
                branches.put(i, new Chain(shape(from), List.of()));
            }
        }
        for (NavigableSet<Integer> component : graph.components(inside)) {
            List<Integer> ends = inputs.stream().filter(component::contains).toList();
            branches.put(
                    ends.isEmpty()
                            ? inputs.size() + component.first()
                            : inputs.indexOf(ends.get(0)),
                    between(from, ends, component));
        }
        if (branches.size() > 1) {
            items.add(Branching.of(shape(from), List.copyOf(branches.values()), end));
        } else {
            branches.values().forEach(chain -> items.addAll(chain.items()));
            end.ifPresent(items::add);
        }
    }

    private Figure.Tangle tangle(int from, List<Integer> ends, NavigableSet<Integer> inside) {
        List<Integer> places = List.copyOf(inside);
        List<Box> boxes = places.stream().map(v -> graph.vertices().get(v).box()).toList();
        List<List<Integer>> inputs = new ArrayList<>();
        for (int place : places) {
            inputs.add(
                    graph.vertices().get(place).inputs().stream()
                            .map(places::indexOf) // -1 for what arrives from outside
                            .distinct()
                            .toList());
        }
        List<Integer> read = ends.stream().map(places::indexOf).distinct().toList();
        return new Figure.Tangle(shape(from), boxes, inputs, read);
    }

    private void addSides(int vertex, String from, List<Figure> items) {
        for (SidePath side : sides.getOrDefault(vertex, List.of())) {
            NavigableSet<Integer> inside = new TreeSet<>(side.vertices());
            Chain head = between(vertex, side.ends(), inside);
            items.add(new Figure.Side(head, side.note() + from));
        }
    }

    private String name(int vertex) {
        return Paths.inside(graph.vertices().get(vertex).box().name());
    }

    private Shape shape(int vertex) {
        return vertex == Graph.IMAGE ? image : graph.vertices().get(vertex).box().output();
    }
}
