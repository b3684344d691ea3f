package org.cnnzoo.augment;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Transform;

/** The usual augmentation of small images: a random crop, then a flip. */
public final class FlipAndCrop {
    private FlipAndCrop() {}

    /**
     * Either is absent at 0.
     *
     * @param flip probability
     * @param padding pixels of black before the crop
     */
    public static Augmentation of(double flip, int padding) {
        List<Transform> list = new ArrayList<>();
        if (padding != 0) {
            list.add(new RandomCrop(padding));
        }
        if (flip != 0) {
            list.add(new RandomHorizontalFlip(flip));
        }
        return new Augmentation(list);
    }
}
