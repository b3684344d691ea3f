package org.cnnzoo.build.kernel;

import org.cnnzoo.network.Activate;
import org.cnnzoo.network.AdaptiveAvgPool;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.ChannelShuffle;
import org.cnnzoo.network.ChannelSlice;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.Flatten;
import org.cnnzoo.network.GlobalPool;
import org.cnnzoo.network.GroupNorm;
import org.cnnzoo.network.LayerNorm;
import org.cnnzoo.network.LayerScale;
import org.cnnzoo.network.LocalResponseNorm;
import org.cnnzoo.network.Operation;
import org.cnnzoo.network.PRelu;
import org.cnnzoo.network.Pool;
import org.cnnzoo.network.Scale;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.ShortcutPad;
import org.cnnzoo.network.Softmax;
import org.cnnzoo.network.Upsample;
import org.cnnzoo.network.ZeroPad;

/** The kernel of each operation with one input. */
public final class Kernels {
    private Kernels() {}

    /** The kernel that does {@code operation} on images of shape {@code in}. */
    public static Kernel of(Operation operation, Shape in) {
        if (operation instanceof Conv2d conv) {
            return new ConvKernel(conv, in);
        } else if (operation instanceof Dense dense) {
            return new DenseKernel(dense, in);
        } else if (operation instanceof BatchNorm norm) {
            return new BatchNormKernel(norm, in);
        } else if (operation instanceof Activate activate) {
            return new ActivationKernel(activate.activation());
        } else if (operation instanceof Pool pool) {
            return new PoolKernel(pool);
        } else if (operation instanceof GlobalPool pool) {
            return new GlobalPoolKernel(pool);
        } else if (operation instanceof AdaptiveAvgPool pool) {
            return new AdaptiveAvgPoolKernel(pool);
        } else if (operation instanceof Dropout dropout) {
            return new DropoutKernel(dropout);
        } else if (operation instanceof LocalResponseNorm norm) {
            return new LrnKernel(norm);
        } else if (operation instanceof GroupNorm norm) {
            return new GroupNormKernel(norm, in);
        } else if (operation instanceof LayerNorm norm) {
            return new LayerNormKernel(norm, in);
        } else if (operation instanceof PRelu prelu) {
            return new PReluKernel(prelu, in);
        } else if (operation instanceof LayerScale) {
            return new LayerScaleKernel(in);
        } else if (operation instanceof Scale scale) {
            return new ScaleKernel(scale);
        } else if (operation instanceof Flatten) {
            return new ReshapeKernel();
        } else if (operation instanceof ChannelShuffle shuffle) {
            return new ChannelShuffleKernel(shuffle);
        } else if (operation instanceof ChannelSlice slice) {
            return new ChannelSliceKernel(slice);
        } else if (operation instanceof ShortcutPad pad) {
            return new ShortcutPadKernel(pad, in);
        } else if (operation instanceof ZeroPad pad) {
            return new ZeroPadKernel(pad);
        } else if (operation instanceof Upsample upsample) {
            return new UpsampleKernel(upsample);
        } else if (operation instanceof Softmax) {
            return new SoftmaxKernel();
        }
        throw new IllegalArgumentException("no kernel for " + operation.type());
    }
}
