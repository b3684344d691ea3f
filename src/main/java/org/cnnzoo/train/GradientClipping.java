package org.cnnzoo.train;

/**
 * Clipping by the global norm, as {@code torch.nn.utils.clip_grad_norm_}: gradients whose norm is
 * above the greatest allowed are all scaled by {@code greatest / (norm + 1e-6)}.
 *
 * @param greatest norm of the gradients of all that is trained, above 0; running statistics don't
 *     count and aren't scaled
 */
public record GradientClipping(double greatest) {
    private static final double EPSILON = 1e-6;

    public GradientClipping {
        Require.above("clip-grad-norm", greatest, 0);
    }

    /** What gradients of this norm are to be multiplied with, at most 1. */
    public double scale(double norm) {
        return Math.min(1, greatest / (norm + EPSILON));
    }
}
