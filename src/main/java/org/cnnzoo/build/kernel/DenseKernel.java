package org.cnnzoo.build.kernel;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Fully connected layer, y = x W' + b with W [out, in]; maps are flattened. */
public final class DenseKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private long in;
    private int out;
    private boolean bias;

    DenseKernel() {} // for JSON

    public DenseKernel(Dense dense, Shape input) {
        in = input.elements();
        out = dense.out();
        bias = dense.bias();
    }

    @Override
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        slots.add(Slot.trained("weight", out, in));
        if (bias) {
            slots.add(Slot.trained("bias", out));
        }
        return slots;
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.size(0), out);
        Nd4j.matmul(x.reshape('c', x.size(0), in), pass.weight("weight"), y, false, true, false);
        if (bias) {
            Bias.add(y, pass.weight("bias"));
        }
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray flat = x.reshape('c', x.size(0), in);
        Nd4j.matmul(dy, flat, pass.gradient("weight"), true, false, false);
        if (bias) {
            Bias.gradient(dy, pass.gradient("bias"));
        }
        INDArray dx = pass.inputGradient(x.shape());
        Nd4j.matmul(dy, pass.weight("weight"), dx.reshape('c', x.size(0), in), false, false, false);
        return dx;
    }
}
