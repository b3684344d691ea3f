/**
 * The arithmetic of each operation, forward and backward, on ND4J arrays: one {@link
 * org.cnnzoo.build.kernel.Kernel} for each operation of {@code org.cnnzoo.network}. Kernels with
 * arrays of their own name them as {@link org.cnnzoo.build.kernel.Slot}s, shaped as in PyTorch.
 *
 * <p>They are Deeplearning4j layers by way of {@link org.cnnzoo.build.KernelLayer}. Convolution,
 * pooling, matrix product and batch normalisation are ND4J's operations, which run on oneDNN in
 * FLOAT; nothing runs forward again in the backward pass.
 */
@NullMarked
package org.cnnzoo.build.kernel;

import org.jspecify.annotations.NullMarked;
