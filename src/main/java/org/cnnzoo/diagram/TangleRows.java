package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;

/**
 * The boxes of a tangle in rows, each below all that it reads. An edge past a row has a slot of its
 * own in it, so that no line need cross a box.
 */
final class TangleRows {
    private static final double WIRE = 8;
    private static final double APART = 16;

    /** A place in a row, for a box or for an edge that passes. */
    static final class Slot {
        private final int row;
        private final double width;
        private double middle;

        private Slot(int row, double width) {
            this.row = row;
            this.width = width;
        }

        int row() {
            return row;
        }

        /** x of its middle, in pixels; 0 is the middle of all rows. */
        double middle() {
            return middle;
        }
    }

    /**
     * A line from one box to another.
     *
     * @param from the box's position, or {@link #OUTSIDE}
     * @param to likewise
     * @param wires the slots of the rows that it passes
     */
    record Edge(int from, int to, List<Slot> wires) {}

    /** Where a line comes from or goes to that leads out of the tangle. */
    static final int OUTSIDE = -1;

    private final List<Slot> boxes = new ArrayList<>();
    private final List<List<Slot>> rows = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    /**
     * @param widths of the boxes, in pixels
     */
    TangleRows(Figure.Tangle tangle, List<Double> widths) {
        for (int i = 0; i < widths.size(); i++) {
            int row = 0;
            for (int in : tangle.inputs().get(i)) {
                row = Math.max(row, below(in));
            }
            boxes.add(slot(row, widths.get(i)));
        }
        for (int i = 0; i < widths.size(); i++) {
            for (int in : tangle.inputs().get(i)) {
                edge(in, i, boxes.get(i).row());
            }
        }
        for (int end : tangle.ends()) {
            edge(end, OUTSIDE, rows.size());
        }
        rows.forEach(TangleRows::spread);
    }

    /** The box's slots, in the tangle's order. */
    List<Slot> boxes() {
        return boxes;
    }

    int rows() {
        return rows.size();
    }

    List<Edge> edges() {
        return edges;
    }

    private int below(int box) {
        return box < 0 ? 0 : boxes.get(box).row() + 1;
    }

    private Slot slot(int row, double width) {
        while (rows.size() <= row) {
            rows.add(new ArrayList<>());
        }
        Slot slot = new Slot(row, width);
        rows.get(row).add(slot);
        return slot;
    }

    private void edge(int from, int to, int toRow) {
        List<Slot> wires = new ArrayList<>();
        for (int row = below(from); row < toRow; row++) {
            wires.add(slot(row, WIRE));
        }
        edges.add(new Edge(from, to, wires));
    }

    private static void spread(List<Slot> row) {
        double x = APART * (row.size() - 1);
        for (Slot slot : row) {
            x += slot.width;
        }
        x = -x / 2;
        for (Slot slot : row) {
            slot.middle = x + slot.width / 2;
            x += slot.width + APART;
        }
    }
}
