package org.cnnzoo.train;

import java.util.List;
import org.cnnzoo.errors.Labelled;

/**
 * An optimiser's rule with its constants, as {@code torch.optim} writes it; {@link FlatOptimizer}
 * holds its vectors and applies it.
 *
 * <p>In the formulas p is a parameter, g its gradient, lr the learning rate, t the step from 1.
 */
public sealed interface Optimizer {

    /** The names of its state vectors, each as long as the parameters. */
    List<String> slots();

    /** What a state vector is filled with at first. */
    default float initial(String slot) {
        return 0;
    }

    /**
     * Changes parameters and state in place.
     *
     * @param at parameters, their gradients (free to be overwritten) and state
     * @param lr the learning rate
     * @param decay the weight decay of these parameters
     * @param t counts the steps, from 1
     */
    void update(Slice at, double lr, double decay, long t);

    /** {@code g += decay * p}: weight decay as part of the gradient (L2). */
    private static void coupledDecay(Slice at, double decay) {
        if (decay != 0) {
            float[] g = at.gradients();
            float[] p = at.values();
            float d = (float) decay;
            for (int i = 0; i < at.size(); i++) {
                g[i] += d * p[i];
            }
        }
    }

    /**
     * Stochastic gradient descent: {@code g += decay p; v = momentum v + g; p -= lr v}, or with
     * Nesterov's momentum {@code p -= lr (g + momentum v)}.
     *
     * @param momentum 0 to below 1; at 0 there is no state
     * @param nesterov whether to look ahead (Sutskever et al. 2013)
     */
    record Sgd(double momentum, boolean nesterov) implements Optimizer {
        public Sgd {
            Require.within("momentum", momentum, 0, 1);
            if (nesterov) {
                Require.above("momentum with nesterov", momentum, 0);
            }
        }

        @Override
        public List<String> slots() {
            return momentum == 0 ? List.of() : List.of("momentum");
        }

        @Override
        public void update(Slice at, double lr, double decay, long t) {
            coupledDecay(at, decay);
            float[] p = at.values();
            float[] g = at.gradients();
            float rate = (float) lr;
            float mu = (float) momentum;
            if (momentum != 0) {
                float[] v = at.state(0);
                for (int i = 0; i < at.size(); i++) {
                    v[i] = mu * v[i] + g[i];
                }
                if (nesterov) {
                    for (int i = 0; i < at.size(); i++) {
                        g[i] += mu * v[i];
                    }
                } else {
                    g = v;
                }
            }
            for (int i = 0; i < at.size(); i++) {
                p[i] -= rate * g[i];
            }
        }
    }

    /**
     * Adam (Kingma and Ba 2014): {@code g += decay p; m = b1 m + (1-b1) g; v = b2 v + (1-b2) g g; p
     * -= lr / (1-b1^t) m / (sqrt(v) / sqrt(1-b2^t) + epsilon)}.
     *
     * @param beta1 0 to below 1
     * @param beta2 0 to below 1
     * @param epsilon above 0
     */
    record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
        public Adam {
            requireBetas(beta1, beta2, epsilon);
        }

        /** PyTorch's defaults: 0.9, 0.999, 1e-8. */
        public Adam() {
            this(0.9, 0.999, 1e-8);
        }

        @Override
        public List<String> slots() {
            return List.of("first_moment", "second_moment");
        }

        @Override
        public void update(Slice at, double lr, double decay, long t) {
            coupledDecay(at, decay);
            moments(at, beta1, beta2);
            adaptive(at, lr, beta1, beta2, epsilon, t);
        }
    }

    /**
     * Adam with decoupled weight decay (Loshchilov and Hutter 2017): {@code p *= 1 - lr decay},
     * then as {@link Adam} without decay.
     *
     * @param beta1 0 to below 1
     * @param beta2 0 to below 1
     * @param epsilon above 0
     */
    record AdamW(double beta1, double beta2, double epsilon) implements Optimizer {
        public AdamW {
            requireBetas(beta1, beta2, epsilon);
        }

        /** PyTorch's defaults: 0.9, 0.999, 1e-8. */
        public AdamW() {
            this(0.9, 0.999, 1e-8);
        }

        @Override
        public List<String> slots() {
            return List.of("first_moment", "second_moment");
        }

        @Override
        public void update(Slice at, double lr, double decay, long t) {
            float[] p = at.values();
            float keep = (float) (1 - lr * decay);
            for (int i = 0; i < at.size(); i++) {
                p[i] *= keep;
            }
            moments(at, beta1, beta2);
            adaptive(at, lr, beta1, beta2, epsilon, t);
        }
    }

    private static void requireBetas(double beta1, double beta2, double epsilon) {
        Require.within("beta1", beta1, 0, 1);
        Require.within("beta2", beta2, 0, 1);
        Require.above("epsilon", epsilon, 0);
    }

    private static void moments(Slice at, double beta1, double beta2) {
        float[] g = at.gradients();
        float[] m = at.state(0);
        float[] v = at.state(1);
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float c1 = (float) (1 - beta1);
        float c2 = (float) (1 - beta2);
        for (int i = 0; i < at.size(); i++) {
            m[i] = b1 * m[i] + c1 * g[i];
        }
        for (int i = 0; i < at.size(); i++) {
            v[i] = b2 * v[i] + c2 * g[i] * g[i];
        }
    }

    private static void adaptive(
            Slice at, double lr, double beta1, double beta2, double epsilon, long t) {
        float[] p = at.values();
        float[] m = at.state(0);
        float[] v = at.state(1);
        float stepSize = (float) (lr / (1 - Math.pow(beta1, (double) t)));
        float correction = (float) Math.sqrt(1 - Math.pow(beta2, (double) t));
        float eps = (float) epsilon;
        for (int i = 0; i < at.size(); i++) {
            p[i] -= stepSize * m[i] / ((float) Math.sqrt(v[i]) / correction + eps);
        }
    }

    /**
     * RMSprop (Tieleman and Hinton 2012), in one of two conventions.
     *
     * @param alpha decay of the mean square, 0 to below 1
     * @param momentum 0 to below 1; at 0 there is no momentum vector
     * @param epsilon above 0
     * @param convention which library's formula
     */
    record RmsProp(double alpha, double momentum, double epsilon, Convention convention)
            implements Optimizer {

        /** Where libraries differ; papers that trained with TensorFlow mean its form. */
        public enum Convention implements Labelled {
            /**
             * {@code s = alpha s + (1-alpha) g g} from 0; {@code b = momentum b + g / (sqrt(s) +
             * epsilon); p -= lr b}.
             */
            PYTORCH,
            /**
             * TensorFlow 1's, timm's RMSpropTF: {@code s} begins with 1; {@code b = momentum b + lr
             * g / sqrt(s + epsilon); p -= b}, so a velocity keeps the rate it was made with.
             */
            TENSORFLOW
        }

        /** PyTorch's defaults: alpha 0.99, epsilon 1e-8. */
        public RmsProp(double momentum) {
            this(0.99, momentum, 1e-8, Convention.PYTORCH);
        }

        public RmsProp {
            Require.within("alpha", alpha, 0, 1);
            Require.within("momentum", momentum, 0, 1);
            Require.above("epsilon", epsilon, 0);
        }

        @Override
        public List<String> slots() {
            return momentum == 0 ? List.of("mean_square") : List.of("mean_square", "momentum");
        }

        @Override
        public float initial(String slot) {
            return convention == Convention.TENSORFLOW && slot.equals("mean_square") ? 1 : 0;
        }

        @Override
        public void update(Slice at, double lr, double decay, long t) {
            coupledDecay(at, decay);
            float[] p = at.values();
            float[] g = at.gradients();
            float[] s = at.state(0);
            float a = (float) alpha;
            float c = (float) (1 - alpha);
            float eps = (float) epsilon;
            boolean inside = convention == Convention.TENSORFLOW;
            float early = inside ? (float) lr : 1;
            float late = inside ? 1 : (float) lr;
            for (int i = 0; i < at.size(); i++) {
                s[i] = a * s[i] + c * g[i] * g[i];
            }
            float within = inside ? eps : 0;
            float beside = inside ? 0 : eps;
            for (int i = 0; i < at.size(); i++) {
                g[i] = early * g[i] / ((float) Math.sqrt(s[i] + within) + beside);
            }
            if (momentum != 0) {
                float[] b = at.state(1);
                float mu = (float) momentum;
                for (int i = 0; i < at.size(); i++) {
                    b[i] = mu * b[i] + g[i];
                }
                g = b;
            }
            for (int i = 0; i < at.size(); i++) {
                p[i] -= late * g[i];
            }
        }
    }
}
