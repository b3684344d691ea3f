package org.cnnzoo.build.kernel;

import org.cnnzoo.spec.Activation;
import org.cnnzoo.spec.ActivationKind;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** An activation function: ND4J's where it has the right one, else its formula. */
public final class ActivationKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private ActivationKind kind = ActivationKind.IDENTITY;
    private double alpha;

    ActivationKernel() {} // for JSON

    public ActivationKernel(Activation activation) {
        kind = activation.kind();
        alpha = activation.alpha();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.shape()).assign(x);
        return switch (kind) {
            case HARD_SIGMOID -> gate(y);
            case HARD_SWISH -> gate(y).muli(x);
            case GELU -> normalCdf(y).muli(x);
            case ELU -> below(y, 0).addi(Transforms.max(x, 0, true));
            default -> nd4j().getActivation(y, pass.training());
        };
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray dx = pass.inputGradient(x.shape()).assign(x);
        return switch (kind) {
            case HARD_SIGMOID -> dx.assign(ramp(x)).divi(6).muli(dy);
            case HARD_SWISH -> gate(dx).addi(ramp(x).muli(x).divi(6)).muli(dy);
            case GELU -> normalCdf(dx).addi(normalDensity(x).muli(x)).muli(dy);
            case ELU -> below(dx, alpha).muli(negative(x)).addi(negative(x).rsubi(1)).muli(dy);
            default -> pass.asInputGradient(nd4j().backprop(dx, dy).getFirst());
        };
    }

    /** alpha (e^min(x, 0) - 1) + plus in place; ND4J's own ELU forgets alpha going backward. */
    private INDArray below(INDArray x, double plus) {
        Transforms.min(x, 0, false);
        return Transforms.exp(x, false).subi(1).muli(alpha).addi(plus);
    }

    private static INDArray negative(INDArray x) {
        return x.lt(0).castTo(x.dataType());
    }

    /** min(max(x + 3, 0), 6) / 6 in place. */
    private static INDArray gate(INDArray x) {
        return RELU6.getActivation(x.addi(3), false).divi(6);
    }

    private static final ActivationReLU6 RELU6 = new ActivationReLU6();

    /** 1 where -3 < x < 3, else 0. */
    private static INDArray ramp(INDArray x) {
        return x.gt(-3).castTo(x.dataType()).muli(x.lt(3).castTo(x.dataType()));
    }

    /** Phi(x) in place. */
    private static INDArray normalCdf(INDArray x) {
        x.muli(Math.sqrt(0.5));
        Nd4j.getExecutioner().exec(new Erf(x, x));
        return x.addi(1).muli(0.5);
    }

    private static INDArray normalDensity(INDArray x) {
        return Transforms.exp(x.mul(x).muli(-0.5), false).muli(1 / Math.sqrt(2 * Math.PI));
    }

    private IActivation nd4j() {
        return switch (kind) {
            case RELU -> new ActivationReLU();
            case RELU6 -> new ActivationReLU6();
            case LEAKY_RELU -> new ActivationLReLU(alpha);
            case SELU -> new ActivationSELU();
            case TANH -> new ActivationTanH();
            case SIGMOID -> new ActivationSigmoid();
            case SWISH -> new ActivationSwish();
            case MISH -> new ActivationMish();
            case SOFTPLUS -> new ActivationSoftPlus();
            case SOFTSIGN -> new ActivationSoftSign();
            case IDENTITY -> new ActivationIdentity();
            case HARD_SIGMOID, HARD_SWISH, GELU, ELU ->
                    throw new IllegalStateException(kind + " has a formula of its own");
        };
    }
}
