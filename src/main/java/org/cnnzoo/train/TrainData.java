package org.cnnzoo.train;

import java.util.Optional;
import java.util.function.IntFunction;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.PreparedImages;

/**
 * The images that a training sees.
 *
 * @param train to fit
 * @param augmentation of the training images
 * @param val to choose the best epoch by
 * @param sized the training images of an epoch, counted from 0, where their size changes
 */
public record TrainData(
        PreparedImages train,
        Augmentation augmentation,
        PreparedImages val,
        Optional<IntFunction<Sized>> sized) {
    /** Training images of one size. */
    public record Sized(PreparedImages train, Augmentation augmentation) {}

    /** Images of one size throughout. */
    public TrainData(PreparedImages train, Augmentation augmentation, PreparedImages val) {
        this(train, augmentation, val, Optional.empty());
    }

    /** The training images of an epoch, counted from 0. */
    Sized of(int epoch) {
        return sized.map(at -> at.apply(epoch)).orElseGet(() -> new Sized(train, augmentation));
    }
}
