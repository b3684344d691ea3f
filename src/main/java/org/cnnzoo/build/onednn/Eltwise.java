package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip_v2_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_gelu_erf;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_hardsigmoid;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_hardswish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_mish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_soft_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_swish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;

import java.util.Optional;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.spec.Activation;

/**
 * An activation function in oneDNN's terms.
 *
 * @param fromOutput whether its derivative is a function of its output, so that the input need not
 *     be kept
 */
record Eltwise(int algorithm, float alpha, float beta, boolean fromOutput) {

    /** oneDNN's form of a function, if it has one. */
    static Optional<Eltwise> of(Activation activation) {
        float alpha = (float) activation.alpha();
        float sixth = 1 / 6f;
        return Optional.ofNullable(
                switch (activation.kind()) {
                    case RELU -> new Eltwise(dnnl_eltwise_relu_use_dst_for_bwd, 0, 0, true);
                    case RELU6 -> new Eltwise(dnnl_eltwise_clip_v2_use_dst_for_bwd, 0, 6, true);
                    case LEAKY_RELU -> new Eltwise(dnnl_eltwise_relu, alpha, 0, false);
                    case ELU -> new Eltwise(dnnl_eltwise_elu, alpha, 0, false);
                    case TANH -> new Eltwise(dnnl_eltwise_tanh_use_dst_for_bwd, 0, 0, true);
                    case SIGMOID -> new Eltwise(dnnl_eltwise_logistic_use_dst_for_bwd, 0, 0, true);
                    case HARD_SIGMOID -> new Eltwise(dnnl_eltwise_hardsigmoid, sixth, 0.5f, false);
                    case HARD_SWISH -> new Eltwise(dnnl_eltwise_hardswish, sixth, 0.5f, false);
                    case SWISH -> new Eltwise(dnnl_eltwise_swish, 1, 0, false);
                    case GELU -> new Eltwise(dnnl_eltwise_gelu_erf, 0, 0, false);
                    case MISH -> new Eltwise(dnnl_eltwise_mish, 0, 0, false);
                    case SOFTPLUS -> new Eltwise(dnnl_eltwise_soft_relu, 1, 0, false);
                    case SELU, SOFTSIGN, IDENTITY -> null;
                });
    }

    /** Whether it is the plain ReLU. */
    boolean isRelu() {
        return algorithm == dnnl_eltwise_relu_use_dst_for_bwd;
    }

    PostOp postOp() {
        return new PostOp(algorithm, alpha, beta);
    }
}
