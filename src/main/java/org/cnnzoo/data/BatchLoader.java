package org.cnnzoo.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch, in an order and with contents that depend on (seed, epoch) alone: the
 * same bits with any number of workers, and from any start batch on.
 *
 * <p>Batch {@code b} holds places {@code b * batchSize} to {@code (b + 1) * batchSize - 1} of the
 * epoch's order. An image that can't be decoded is left out, so its batch is smaller; a batch with
 * no image left is skipped. In training a batch of a single image is dropped as well, the last one
 * of an epoch as a rule, since batch normalisation can't be trained on it (unless the batch size is
 * 1).
 *
 * <p>Workers are daemon threads that stay at most {@code 2 * workers} batches ahead. Iterating is
 * for one thread at a time; {@link #close()} may come from any.
 */
public final class BatchLoader implements Iterator<Batch>, AutoCloseable {
    private static final long SHUFFLE = 0x73687566; // "shuf"

    private final PreparedImages images;
    private final Augmentation augmentation;
    private final LoaderOptions options;
    private final int[] order;
    private final @Nullable ExecutorService pool;
    private final ArrayDeque<Future<Made>> ahead = new ArrayDeque<>();
    private int nextToMake;
    private int leftOut;
    private @Nullable Batch pending;
    private boolean waited;
    private volatile boolean closed;

    /**
     * Starts an epoch.
     *
     * @param images the split, see {@link PreparedImages}: the same one for every epoch
     * @param augmentation {@link Augmentation#NONE} unless training
     */
    public BatchLoader(PreparedImages images, Augmentation augmentation, LoaderOptions options) {
        this.images = images;
        this.augmentation = augmentation;
        this.options = options;
        this.order = order(images.set(), options);
        this.nextToMake = options.startBatch();
        this.pool = options.workers() == 0 ? null : daemons(options.workers());
    }

    private static int[] order(ImageSet set, LoaderOptions options) {
        if (!options.training()) {
            int count = Math.min(set.size(), options.most());
            return IntStream.range(0, count)
                    .map(i -> (int) ((long) i * set.size() / count))
                    .toArray();
        }
        SplittableRandom random = Seeds.random(SHUFFLE, options.seed(), options.epoch());
        return options.balanced() ? balanced(set, random) : Seeds.permutation(set.size(), random);
    }

    /** As many draws as there are images: a class, each as likely, then one of its images. */
    private static int[] balanced(ImageSet set, SplittableRandom random) {
        SortedMap<Integer, List<Integer>> byLabel = new TreeMap<>();
        for (int i = 0; i < set.size(); i++) {
            byLabel.computeIfAbsent(set.label(i), label -> new ArrayList<>()).add(i);
        }
        List<List<Integer>> classes = List.copyOf(byLabel.values());
        int[] order = new int[set.size()];
        for (int place = 0; place < order.length; place++) {
            List<Integer> members = classes.get(random.nextInt(classes.size()));
            order[place] = members.get(random.nextInt(members.size()));
        }
        return order;
    }

    /**
     * The index of the batch that {@link #next} will give.
     *
     * @throws NoSuchElementException if there is none
     */
    public int nextIndex() {
        if (!hasNext() || pending == null) {
            throw new NoSuchElementException("the epoch has no more batches");
        }
        return pending.index();
    }

    /**
     * How many batches a whole epoch has, whatever the start batch; fewer are given where all
     * images of a batch can't be decoded.
     */
    public int batches() {
        int size = order.length;
        int whole = size / options.batchSize();
        return whole + (size % options.batchSize() < fewest() ? 0 : 1);
    }

    private int fewest() {
        return options.training() && options.batchSize() > 1 ? 2 : 1;
    }

    /** How many images the batches given so far lack, because they can't be decoded. */
    public int leftOut() {
        return leftOut;
    }

    /**
     * Whether the last batch given wasn't there yet when it was asked for; without workers always.
     */
    public boolean waited() {
        return waited;
    }

    /**
     * A batch by its index, made on the caller's thread, apart from the iteration; nothing if it is
     * one that the iteration would skip.
     *
     * @param index from 0, below {@link #batches}
     */
    public Optional<Batch> batch(int index) {
        Made made = make(index);
        leftOut += made.leftOut;
        return Optional.of(made.batch).filter(batch -> batch.size() >= fewest());
    }

    @Override
    public boolean hasNext() {
        while (pending == null && (nextToMake < batches() || !ahead.isEmpty())) {
            Made made = take();
            leftOut += made.leftOut;
            if (made.batch.size() >= fewest()) {
                pending = made.batch;
            }
        }
        return pending != null;
    }

    /**
     * The next batch.
     *
     * @throws CancellationException if the loader was closed or the thread interrupted
     */
    @Override
    public Batch next() {
        if (!hasNext() || pending == null) {
            throw new NoSuchElementException("the epoch has no more batches");
        }
        Batch batch = pending;
        pending = null;
        return batch;
    }

    /**
     * Stops the workers behind the batch that each is at; batches that were given stay valid. They
     * aren't interrupted: an image whose reading is cut short looks like a broken one.
     */
    @Override
    public void close() {
        if (pool != null) {
            closed = true;
            pool.shutdown();
        }
    }

    private Made take() {
        if (pool == null) {
            waited = true;
            return make(nextToMake++);
        }
        while (ahead.size() < 2 * options.workers()
                && nextToMake < batches()
                && !pool.isShutdown()) {
            int index = nextToMake++;
            try {
                ahead.add(pool.submit(() -> make(index)));
            } catch (RejectedExecutionException e) {
                break; // closed by another thread just now
            }
        }
        Future<Made> first = ahead.poll();
        if (first == null || pool.isShutdown()) {
            throw new CancellationException("the loader was closed");
        }
        waited = !first.isDone();
        try {
            return first.get();
        } catch (ExecutionException e) {
            close();
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new CancellationException("interrupted while waiting for a batch");
        }
    }

    private Made make(int index) {
        if (closed) {
            throw new CancellationException("the loader was closed");
        }
        int from = index * options.batchSize();
        int end = Math.min(from + options.batchSize(), order.length);
        Preprocessing preprocessing = images.preprocessing();
        float[] floats = new float[(end - from) * preprocessing.length()];
        int[] labels = new int[end - from];
        List<String> names = new ArrayList<>(end - from);
        int n = 0;
        for (int place = from; place < end; place++) {
            int sample = order[place];
            Optional<PixelImage> image = images.image(sample);
            if (image.isEmpty()) {
                continue;
            }
            // An image that was drawn twice is changed in two ways
            int stream = options.balanced() ? place : sample;
            PixelImage changed =
                    augmentation.apply(image.get(), options.seed(), options.epoch(), stream);
            int offset = n * preprocessing.length();
            preprocessing.normalize(changed, floats, offset);
            augmentation.applyTo(
                    floats, offset, preprocessing, options.seed(), options.epoch(), stream);
            labels[n] = images.set().label(sample);
            names.add(images.set().name(sample));
            n++;
        }
        if (n < end - from) {
            floats = Arrays.copyOf(floats, n * preprocessing.length());
            labels = Arrays.copyOf(labels, n);
        }
        double share =
                augmentation.mix(floats, n, preprocessing, options.seed(), options.epoch(), index);
        return new Made(
                new Batch(index, floats, labels, List.copyOf(names), share), end - from - n);
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException r ? r : new IllegalStateException(cause);
    }

    private static ExecutorService daemons(int count) {
        return Executors.newFixedThreadPool(
                count,
                task -> {
                    Thread thread = new Thread(task, "batch-loader");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private record Made(Batch batch, int leftOut) {}
}
