package org.cnnzoo.spec;

/** How a window is padded at the borders of its input. */
public sealed interface Padding {

    /** So many pixels on each side. */
    record Explicit(int top, int bottom, int left, int right) implements Padding {
        public boolean symmetric() {
            return top == bottom && left == right;
        }

        public boolean none() {
            return top + bottom + left + right == 0;
        }
    }

    /**
     * (kernel - 1) / 2 of the dilated kernel on each side: the size is kept at stride 1 for odd
     * kernels. The word is {@code half}.
     */
    record Half() implements Padding {}

    /**
     * TensorFlow's and Keras's {@code same}: the output has ceil(input / stride), the odd pixel
     * goes to the bottom and right.
     */
    record Same() implements Padding {}

    Padding NONE = new Explicit(0, 0, 0, 0);
}
