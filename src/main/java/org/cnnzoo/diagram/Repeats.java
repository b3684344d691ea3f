package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnzoo.diagram.Figure.Box;
import org.cnnzoo.diagram.Figure.Chain;
import org.cnnzoo.network.Shape;

/**
 * Folds what comes several times in a row: the same boxes, joined in the same way, on maps of one
 * height and width. Channels that pile up, as in DenseNet, don't make a block another one. Single
 * boxes stay as they are: the layers of VGG are worth drawing.
 */
final class Repeats {
    /** The most figures that a repeated unit consists of. */
    private static final int LONGEST_UNIT = 12;

    private final List<Figure> items;
    private final List<String> keys;

    private Repeats(List<Figure> items) {
        this.items = items;
        this.keys = items.stream().map(Repeats::rowKey).toList();
    }

    /** Copies of a unit in a row: where they start, how long the unit is, how many there are. */
    private record Run(int start, int length, int count) {
        int end() {
            return start + length * count;
        }
    }

    /**
     * @param input the shape in front of the first item
     */
    static List<Figure> fold(Shape input, List<Figure> items) {
        Repeats repeats = new Repeats(items);
        List<Figure> folded = new ArrayList<>();
        int at = 0;
        while (at < items.size()) {
            Run run = repeats.longest(at);
            folded.addAll(items.subList(at, run.start()));
            if (run.count() > 1) {
                Shape shape = run.start() == 0 ? input : items.get(run.start() - 1).output();
                folded.add(repeats.folded(run, shape));
            } else {
                folded.addAll(items.subList(run.start(), run.end()));
            }
            at = run.end();
        }
        return folded;
    }

    private Figure.Repeat folded(Run run, Shape input) {
        List<Chain> copies = new ArrayList<>();
        Shape shape = input;
        for (int start = run.start(); start < run.end(); start += run.length()) {
            List<Figure> copy = items.subList(start, start + run.length());
            copies.add(new Chain(shape, copy));
            shape = copy.get(copy.size() - 1).output();
        }
        return new Figure.Repeat(copies);
    }

    /** The run at an item that takes in most items; the item alone if there is none. */
    private Run longest(int at) {
        Run longest = new Run(at, 1, 1);
        for (int length = 1; length <= LONGEST_UNIT; length++) {
            Run run = new Run(at, length, count(at, length));
            if (run.count() > 1 && run.end() > longest.end() && worthIt(run)) {
                longest = run;
            }
        }
        return longest.count() == 1 ? longest : aligned(longest);
    }

    /**
     * The same a few items later, where the run reaches so far, if the unit's names have more in
     * common there: a block of the file begins where its name does.
     */
    private Run aligned(Run run) {
        Run best = run;
        for (int shift = 1; shift < run.length(); shift++) {
            Run later = new Run(run.start() + shift, run.length(), run.count());
            boolean fits = count(later.start(), later.length()) >= later.count();
            best = fits && depth(later) > depth(best) ? later : best;
        }
        return best;
    }

    private int depth(Run run) {
        List<Figure> unit = items.subList(run.start(), run.start() + run.length());
        return Paths.depth(Paths.common(unit.stream().map(Figure::name).toList()));
    }

    /** How often the {@code length} items at {@code at} come in a row. */
    private int count(int at, int length) {
        int count = 0;
        for (int i = at; i + length <= keys.size(); i += length, count++) {
            if (!keys.subList(i, i + length).equals(keys.subList(at, at + length))) {
                break;
            }
        }
        return count;
    }

    private boolean worthIt(Run run) {
        int end = run.start() + run.length();
        boolean boxes = items.subList(run.start(), end).stream().allMatch(Box.class::isInstance);
        return !boxes || new HashSet<>(keys.subList(run.start(), end)).size() > 1;
    }

    /** Boxes in a row are alike only with as many parameters: the drawn one states them. */
    private static String rowKey(Figure figure) {
        return figure instanceof Box ? key(figure) + figure.parameters() : key(figure);
    }

    /** Equal for figures that look the same on maps of one height and width. */
    private static String key(Figure figure) {
        if (figure instanceof Box box) {
            Shape shape = box.output();
            return box.title() + box.parts() + shape.height() + "x" + shape.width();
        } else if (figure instanceof Chain chain) {
            return keys(chain.items().stream());
        } else if (figure instanceof Figure.Parallel parallel) {
            return "=" + keys(parallel.branches().stream()) + keys(parallel.join().stream());
        } else if (figure instanceof Figure.Residual residual) {
            return "~"
                    + keys(Stream.of(residual.main(), residual.side()))
                    + keys(residual.join().stream());
        } else if (figure instanceof Figure.Repeat repeat) {
            return repeat.copies().size() + "*" + key(repeat.drawn());
        } else if (figure instanceof Figure.Side side) {
            return "/" + key(side.head());
        }
        Figure.Tangle tangle = (Figure.Tangle) figure;
        return "#" + keys(tangle.boxes().stream()) + tangle.inputs() + tangle.ends();
    }

    private static String keys(Stream<? extends Figure> figures) {
        return figures.map(Repeats::key).collect(Collectors.joining(";", "(", ")"));
    }
}
