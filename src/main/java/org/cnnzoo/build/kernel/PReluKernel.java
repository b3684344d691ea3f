package org.cnnzoo.build.kernel;

import java.util.List;
import org.cnnzoo.network.PRelu;
import org.cnnzoo.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** x where positive, else a trained slope times x. */
public final class PReluKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int slopes;

    PReluKernel() {} // for JSON

    public PReluKernel(PRelu prelu, Shape input) {
        slopes = prelu.shared() ? 1 : input.channels();
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.trained("weight", slopes));
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        return pass.output(x.shape()).assign(x).muli(slope(x, pass));
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray negative = x.lt(0).castTo(x.dataType()).muli(x).muli(dy);
        if (slopes == 1) {
            pass.gradient("weight").assign(negative.sum());
        } else {
            Channels.sum(negative, pass.gradient("weight"));
        }
        return pass.inputGradient(x.shape()).assign(dy).muli(slope(x, pass));
    }

    /** 1 where x is not negative, else the slope of its channel. */
    private static INDArray slope(INDArray x, Pass pass) {
        INDArray negative = x.lt(0).castTo(x.dataType());
        INDArray weight = Channels.spread(pass.weight("weight"), x);
        return negative.mul(weight).addi(negative.rsubi(1));
    }
}
