package org.cnnzoo.session;

import java.util.function.Consumer;
import org.cnnzoo.data.CacheChoice;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.ImageCache;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.Split;

/** Where a training has its images from. */
@FunctionalInterface
public interface ImageSource {
    /**
     * Decoded for one training alone.
     *
     * @param cache where they are kept, all splits of a size together
     */
    static ImageSource own(CacheChoice cache) {
        ImageCache opened = cache.open();
        return (data, split, preprocessing, whole, notice) ->
                new PreparedImages(data.split(split), preprocessing, whole, opened, notice);
    }

    /**
     * A split's images at the network's size.
     *
     * @param whole whether images stay whole, for a random crop to cut from
     * @param notice told of each image that is left out
     */
    PreparedImages images(
            Dataset data,
            Split split,
            Preprocessing preprocessing,
            boolean whole,
            Consumer<String> notice);
}
