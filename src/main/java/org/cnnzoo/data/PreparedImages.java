package org.cnnzoo.data;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A split's images at the network's size, before augmentation and still 8 bit, decoded and resized
 * once and then kept as far as a budget goes, in memory or in a file.
 *
 * <p>Keep one for each split and hand it to the loader of every epoch. An image that can't be
 * decoded is named in the log once, with the reason, and stays left out. Safe for several threads;
 * what is returned never depends on what was kept.
 */
public final class PreparedImages {
    private static final Logger log = LoggerFactory.getLogger(PreparedImages.class);

    private final Consumer<String> notice;
    private final ImageSet set;
    private final Preprocessing preprocessing;
    private final boolean whole;
    private final ImageStore store;
    private final ConcurrentHashMap<Integer, String> bad = new ConcurrentHashMap<>();

    /** Keeps up to {@link #defaultBudget()} bytes. */
    public PreparedImages(ImageSet set, Preprocessing preprocessing) {
        this(set, preprocessing, defaultBudget());
    }

    /**
     * Keeps up to {@code budgetBytes} of pixels; images beyond are decoded each time.
     *
     * @param budgetBytes 0 to keep nothing
     */
    public PreparedImages(ImageSet set, Preprocessing preprocessing, long budgetBytes) {
        this(set, preprocessing, budgetBytes, log::warn);
    }

    /**
     * The same, with somebody else told of images that are left out.
     *
     * @param notice gets a line for each, once, on whatever thread decodes
     */
    public PreparedImages(
            ImageSet set, Preprocessing preprocessing, long budgetBytes, Consumer<String> notice) {
        this(set, preprocessing, false, budgetBytes, notice);
    }

    /**
     * The same for images that a random crop will bring to the network's size.
     *
     * @param whole whether images stay whole: their proportions as they are, scaled down where they
     *     are more than twice as large as the network needs
     */
    public PreparedImages(
            ImageSet set,
            Preprocessing preprocessing,
            boolean whole,
            long budgetBytes,
            Consumer<String> notice) {
        this.notice = notice;
        this.set = set;
        this.preprocessing = preprocessing;
        this.whole = whole;
        this.store = new ImageStore.Heap(set.size(), new AtomicLong(budgetBytes));
    }

    /**
     * The same with images kept where a cache says; a file that has to be made is made now.
     *
     * @throws org.cnnzoo.errors.WorkFailed if the file can't be written
     */
    public PreparedImages(
            ImageSet set,
            Preprocessing preprocessing,
            boolean whole,
            ImageCache cache,
            Consumer<String> notice) {
        this.notice = notice;
        this.set = set;
        this.preprocessing = preprocessing;
        this.whole = whole;
        this.store = cache.store(set, preprocessing, whole, this::read, notice);
    }

    /** 1 GiB, or a quarter of the heap where that is less. */
    public static long defaultBudget() {
        return Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);
    }

    /** The split behind. */
    public ImageSet set() {
        return set;
    }

    /** What was applied, and the normalisation still to come. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /**
     * Image {@code i} as {@code [C, H, W]} of the network, or nothing if it can't be decoded; of
     * its own height and width if images stay whole.
     */
    public Optional<PixelImage> image(int i) {
        PixelImage before = store.find(i);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<PixelImage> image = read(i);
        image.ifPresent(read -> store.keep(i, read));
        return image;
    }

    private Optional<PixelImage> read(int i) {
        int source = set.source(i);
        if (bad.containsKey(source)) {
            return Optional.empty();
        }
        try {
            int enough = whole ? Preprocessing.SPARE : 1;
            PixelImage read =
                    set.image(i, enough * preprocessing.height(), enough * preprocessing.width());
            return Optional.of(whole ? preprocessing.reduce(read) : preprocessing.resize(read));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) { // which is nothing about the image
                throw new CancellationException("interrupted while reading " + set.name(i));
            }
            String reason = BadImageException.reason(e);
            if (bad.putIfAbsent(source, reason) == null) {
                notice.accept("left out " + set.name(i) + ": " + reason);
            }
            return Optional.empty();
        }
    }

    /** Lets go of what is kept in memory, for images that are hardly needed any more. */
    public void release() {
        store.release();
    }

    /** How many images were found undecodable so far. */
    public int leftOut() {
        return bad.size();
    }
}
