package org.cnnzoo.cli;

import java.util.function.Consumer;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.Split;

/** Where a training has its images from. */
@FunctionalInterface
interface ImageSource {
    /** Decoded for this training alone. */
    ImageSource OWN =
            (data, split, preprocessing, notice) ->
                    new PreparedImages(
                            data.split(split),
                            preprocessing,
                            PreparedImages.defaultBudget(),
                            notice);

    /**
     * A split's images at the network's size.
     *
     * @param notice told of each image that is left out
     */
    PreparedImages images(
            Dataset data, Split split, Preprocessing preprocessing, Consumer<String> notice);
}
