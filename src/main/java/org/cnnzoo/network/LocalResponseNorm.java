package org.cnnzoo.network;

import java.util.List;

/**
 * Local response normalisation over neighbouring channels (Krizhevsky 2012, section 3.3): x / (k +
 * alpha sum x^2)^beta.
 *
 * @param size channels in the window
 * @param divideAlpha whether alpha is divided by {@code size}, as Caffe and PyTorch do
 */
public record LocalResponseNorm(int size, double alpha, double beta, double k, boolean divideAlpha)
        implements Operation {

    @Override
    public String type() {
        return "lrn";
    }

    /** The factor of the plain sum of squares. */
    public double sumFactor() {
        return divideAlpha ? alpha / size : alpha;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return Operation.maps(inputs, type());
    }

    @Override
    public String details() {
        return "n " + size;
    }
}
