package org.cnnzoo.diagram;

import java.util.List;

/**
 * A figure laid out: the line comes in at (0, 0) and goes out at (0, height).
 *
 * @param left how far it reaches to the left of the line, in pixels
 * @param right and to the right
 * @param box whether it begins with a box, which an arrow points at
 */
record Piece(double left, double right, double height, boolean box, List<Mark> marks) {
    Piece {
        marks = List.copyOf(marks);
    }

    double width() {
        return left + right;
    }
}
