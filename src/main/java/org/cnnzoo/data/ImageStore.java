package org.cnnzoo.data;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Where prepared images are kept between epochs. Safe for several threads. */
interface ImageStore {
    /** Image {@code i} as it was kept, or null if it wasn't. */
    @Nullable PixelImage find(int i);

    /** Keeps an image, if there is room. */
    void keep(int i, PixelImage image);

    /**
     * Drops what is kept in memory and gives the room back; images are read again when asked for.
     */
    default void release() {}

    /** Images in the heap, as far as a budget goes. */
    final class Heap implements ImageStore {
        private final AtomicReferenceArray<PixelImage> kept;
        private final AtomicLong budget;

        /**
         * @param size of the split
         * @param budget bytes of pixels left, which other stores may take from too
         */
        Heap(int size, AtomicLong budget) {
            this.kept = new AtomicReferenceArray<>(size);
            this.budget = budget;
        }

        @Override
        public @Nullable PixelImage find(int i) {
            return kept.get(i);
        }

        @Override
        public void keep(int i, PixelImage image) {
            long bytes = image.pixels().length;
            if (budget.addAndGet(-bytes) < 0 || !kept.compareAndSet(i, null, image)) {
                budget.addAndGet(bytes);
            }
        }

        @Override
        public void release() {
            for (int i = 0; i < kept.length(); i++) {
                PixelImage image = kept.getAndSet(i, null);
                if (image != null) {
                    budget.addAndGet(image.pixels().length);
                }
            }
        }
    }
}
