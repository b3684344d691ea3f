/**
 * Data sets, from files to batches.
 *
 * <p>One direction, one type a step:
 *
 * <pre>
 * Datasets.open("fashion-mnist", home, Optional.empty())
 *   -> Dataset          classes, image size, normalisation, three splits
 *   -> ImageSet         one split: labels, names, 8-bit images of any size
 *   -> PreparedImages   the same images at the network's size, decoded and resized once
 *   -> BatchLoader      augmented, normalised [N, C, H, W] batches, made ahead on worker threads
 * </pre>
 *
 * <p>Nothing here knows models. Everything random derives from (seed, epoch, sample index) through
 * {@link org.cnnzoo.data.Seeds}, never from a thread or a clock, so that the same seed gives the
 * same batches whatever the number of workers, and an epoch can be resumed in its middle.
 *
 * <p>A file that can't be decoded is a {@link org.cnnzoo.data.BadImageException}; the loader leaves
 * it out of its batch and says so once. A data set that is missing or arranged wrongly is an error
 * for the person: {@link org.cnnzoo.errors.BadInput} or {@link org.cnnzoo.errors.WorkFailed}.
 */
@NullMarked
package org.cnnzoo.data;

import org.jspecify.annotations.NullMarked;
