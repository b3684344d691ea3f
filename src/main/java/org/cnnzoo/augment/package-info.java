/**
 * Random changes to training images, each as torchvision (0.14) or timm define it.
 *
 * <p>Three stages, in this order: {@link org.cnnzoo.augment.RandomResizedCrop} brings an image to
 * the network's size in place of the usual resize; {@link org.cnnzoo.data.Transform}s change 8-bit
 * pixels; {@link org.cnnzoo.augment.RandomErasing} blanks a part of the normalised array. Mixing
 * two images of a batch ({@link org.cnnzoo.augment.BatchMixing}) comes last.
 *
 * <p>Arithmetic on pixels is in 32-bit floats and cut off to 8 bits where torchvision's tensor
 * functions do so, which is what the fixtures compare, sample by sample. What is drawn is drawn
 * from {@link org.cnnzoo.data.Seeds}, not from PyTorch's generator: distributions agree, draws
 * don't.
 */
@NullMarked
package org.cnnzoo.augment;

import org.jspecify.annotations.NullMarked;
