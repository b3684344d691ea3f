package org.cnnzoo.build.kernel;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.factory.Broadcast;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation. In training the batch's own mean and biased variance are used; the running
 * variance averages the unbiased one, as PyTorch's does. Running statistics are changed through
 * their "gradients": value minus gradient is the new value.
 */
public final class BatchNormKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int channels;
    private double eps;
    private double decay;
    private boolean affine;
    private boolean frozen;

    BatchNormKernel() {} // for JSON

    public BatchNormKernel(BatchNorm norm, Shape input) {
        channels = input.channels();
        eps = norm.eps();
        decay = norm.decay();
        affine = norm.affine();
        frozen = norm.frozen();
    }

    /** Statistics of the batch in the forward pass. */
    private record Moments(INDArray mean, INDArray variance) {}

    @Override
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        if (affine) {
            slots.add(Slot.trained("weight", channels));
            slots.add(Slot.trained("bias", channels));
        }
        slots.add(Slot.running("running_mean", channels));
        slots.add(Slot.running("running_var", channels));
        return slots;
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray mean = pass.weight("running_mean");
        INDArray variance = pass.weight("running_var");
        if (pass.training() && !frozen) {
            DataType type = x.dataType();
            Moments moments =
                    pass.notedOr(
                            Moments.class,
                            () ->
                                    new Moments(
                                            Lasting.array(type, channels),
                                            Lasting.array(type, channels)));
            mean = x.mean(moments.mean(), others(x));
            variance = moments.variance();
            Nd4j.exec(new Variance(x, variance, false, others(x)));
        }
        INDArray y = pass.output(x.shape());
        List<INDArray> inputs = new ArrayList<>(List.of(x, mean, variance));
        if (affine) {
            inputs.add(pass.weight("weight"));
            inputs.add(pass.weight("bias"));
        }
        run("batchnorm", inputs, List.of(y));
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        if (frozen) {
            return backwardFrozen(x, dy, pass);
        }
        Moments moments = pass.noted(Moments.class);
        INDArray dx = pass.inputGradient(x.shape());
        List<INDArray> inputs = new ArrayList<>(List.of(x, moments.mean(), moments.variance()));
        List<INDArray> outputs = new ArrayList<>();
        outputs.add(dx);
        outputs.add(Nd4j.createUninitialized(x.dataType(), channels));
        outputs.add(Nd4j.createUninitialized(x.dataType(), channels));
        if (affine) {
            inputs.add(pass.weight("weight"));
            inputs.add(pass.weight("bias"));
            outputs.add(pass.gradient("weight"));
            outputs.add(pass.gradient("bias"));
        }
        inputs.add(dy);
        run("batchnorm_bp", inputs, outputs);
        double count = (double) x.length() / channels;
        towards("running_mean", moments.mean(), 1, pass);
        towards("running_var", moments.variance(), count > 1 ? count / (count - 1) : 1, pass);
        return dx;
    }

    /** The statistics are constants: y = gamma (x - mean) / sqrt(variance + eps) + beta. */
    private INDArray backwardFrozen(INDArray x, INDArray dy, Pass pass) {
        INDArray factor = Transforms.sqrt(pass.weight("running_var").add(eps)).rdiv(1);
        if (affine) {
            INDArray centred = x.dup();
            Broadcast.sub(x, pass.weight("running_mean"), centred, 1);
            Broadcast.mul(centred, factor, centred, 1);
            pass.gradient("weight").assign(centred.muli(dy).sum(others(x)));
            pass.gradient("bias").assign(dy.sum(others(x)));
            factor = factor.mul(pass.weight("weight"));
        }
        pass.gradient("running_mean").assign(0);
        pass.gradient("running_var").assign(0);
        INDArray dx = pass.inputGradient(x.shape());
        Broadcast.mul(dy, factor, dx, 1);
        return dx;
    }

    /** The step of a running average: (1 - decay) (running - factor batch). */
    private void towards(String name, INDArray batch, double factor, Pass pass) {
        INDArray step = pass.gradient(name);
        step.assign(batch).muli(-factor).addi(pass.weight(name)).muli(1 - decay);
    }

    private static int[] others(INDArray x) {
        return x.rank() == 2 ? new int[] {0} : new int[] {0, 2, 3};
    }

    private void run(String op, List<INDArray> inputs, List<INDArray> outputs) {
        int scaled = affine ? 1 : 0;
        Nd4j.exec(
                DynamicCustomOp.builder(op)
                        .addInputs(inputs.toArray(INDArray[]::new))
                        .addOutputs(outputs.toArray(INDArray[]::new))
                        .addIntegerArguments(scaled, scaled, 1)
                        .addFloatingPointArguments(eps)
                        .build());
    }
}
