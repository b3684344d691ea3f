package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cnnzoo.augment.BatchMixing;
import org.cnnzoo.augment.FlipAndCrop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchLoaderTest {
    private static final Augmentation FLIP_AND_CROP = FlipAndCrop.of(0.5, 2);
    private static final Preprocessing TO_4X4 =
            new Preprocessing(
                    1,
                    4,
                    4,
                    ResizeMode.CROP,
                    new Normalization(new float[] {0}, new float[] {1 / 255f}));

    private static PreparedImages prepared(ImageSet set) {
        return new PreparedImages(set, TO_4X4, 0);
    }

    private static List<String> contents(
            PreparedImages images, Augmentation augmentation, LoaderOptions options) {
        List<String> contents = new ArrayList<>();
        try (BatchLoader loader = new BatchLoader(images, augmentation, options)) {
            while (loader.hasNext()) {
                Batch b = loader.next();
                contents.add(
                        b.index()
                                + b.names().toString()
                                + Arrays.toString(b.labels())
                                + Arrays.toString(b.images()));
            }
        }
        return contents;
    }

    private static List<List<String>> names(ImageSet set, LoaderOptions options) {
        List<List<String>> names = new ArrayList<>();
        try (BatchLoader loader = new BatchLoader(prepared(set), Augmentation.NONE, options)) {
            loader.forEachRemaining(batch -> names.add(batch.names()));
        }
        return names;
    }

    @Test
    void anyNumberOfWorkersGivesTheSameBits() {
        PreparedImages images = prepared(new NumberedImages(103, 7, 50, 51));
        LoaderOptions options = LoaderOptions.training(8, 42, 3);
        List<String> inline = contents(images, FLIP_AND_CROP, options);
        assertThat(inline).hasSize(13);
        for (int workers : new int[] {1, 2, 4}) {
            assertThat(contents(images, FLIP_AND_CROP, options.withWorkers(workers)))
                    .isEqualTo(inline);
        }
    }

    @Test
    void withoutWorkersEveryBatchIsWaitedFor() {
        PreparedImages images = prepared(new NumberedImages(40));
        LoaderOptions options = LoaderOptions.training(8, 42, 3);
        try (BatchLoader loader = new BatchLoader(images, Augmentation.NONE, options)) {
            loader.forEachRemaining(batch -> assertThat(loader.waited()).isTrue());
        }
    }

    /**
     * Changes nothing; image by image, which is batch by batch here, it tells who is at work and
     * holds back one of them.
     */
    private static final class Held {
        private final int number;
        private final CompletableFuture<Void> freed = new CompletableFuture<>();
        private final CompletableFuture<Thread> third = new CompletableFuture<>();
        private final List<Integer> begun = new CopyOnWriteArrayList<>();

        Held(int number) {
            this.number = number;
        }

        /** Of images in the split's order, in batches of one, with two workers. */
        BatchLoader loader(int size) {
            return new BatchLoader(
                    prepared(new NumberedImages(size)),
                    new Augmentation(List.of((image, random) -> pass(image))),
                    LoaderOptions.evaluation(1).withWorkers(2));
        }

        private PixelImage pass(PixelImage image) {
            int at = image.at(0, 0, 0);
            begun.add(at);
            if (at == 3) {
                third.complete(Thread.currentThread());
            }
            if (at == number) {
                freed.join();
            }
            return image;
        }

        /** The worker at batch 3, once it has begun. */
        Thread atThird() throws Exception {
            return third.get(20, TimeUnit.SECONDS);
        }

        void free() {
            freed.complete(null);
        }
    }

    private static void awaitWaiting(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    @Test
    void onlyABatchThatIsNotThereIsWaitedFor() throws Exception {
        Held held = new Held(2);
        try (BatchLoader loader = held.loader(4)) { // all four are begun at once
            loader.next();
            held.atThird(); // one worker is held at 2, the other has come to 3: 1 is there
            loader.next();
            assertThat(loader.waited()).isFalse();

            Thread consumer = Thread.currentThread();
            Thread freeing =
                    new Thread(
                            () -> {
                                try {
                                    awaitWaiting(consumer);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                held.free();
                            });
            freeing.start();
            loader.next();
            assertThat(loader.waited()).isTrue();
        } finally {
            held.free();
        }
    }

    @Test
    void aBalancedEpochDrawsEveryClassAsOften() {
        // Label 0 has nine images in ten
        ImageSet rare =
                new ImageSet() {
                    private final ImageSet all = new NumberedImages(2000);

                    @Override
                    public int size() {
                        return all.size();
                    }

                    @Override
                    public int label(int i) {
                        return i % 10 == 0 ? 1 : 0;
                    }

                    @Override
                    public String name(int i) {
                        return all.name(i);
                    }

                    @Override
                    public PixelImage image(int i) throws IOException {
                        return all.image(i);
                    }
                };
        LoaderOptions options = new LoaderOptions(50, true, 1, 0, 0, 0, true, LoaderOptions.ALL);
        int ones = 0;
        int all = 0;
        try (BatchLoader loader = new BatchLoader(prepared(rare), Augmentation.NONE, options)) {
            while (loader.hasNext()) {
                for (int label : loader.next().labels()) {
                    ones += label;
                    all++;
                }
            }
        }
        assertThat(all).isEqualTo(2000);
        assertThat(ones).isBetween(910, 1090); // 1000, deviation 22
    }

    @Test
    void anEpochHoldsEveryImageOnce() {
        List<String> all =
                names(new NumberedImages(20), LoaderOptions.training(6, 1, 0)).stream()
                        .flatMap(List::stream)
                        .toList();
        assertThat(all).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void epochsAndSeedsDiffer() {
        ImageSet set = new NumberedImages(20);
        List<List<String>> first = names(set, LoaderOptions.training(6, 1, 0));
        assertThat(names(set, LoaderOptions.training(6, 1, 0))).isEqualTo(first);
        assertThat(names(set, LoaderOptions.training(6, 1, 1))).isNotEqualTo(first);
        assertThat(names(set, LoaderOptions.training(6, 2, 0))).isNotEqualTo(first);
    }

    @Test
    void evaluationKeepsTheOrderAndTheLastImage() {
        assertThat(names(new NumberedImages(5), LoaderOptions.evaluation(2)))
                .containsExactly(
                        List.of("image#0", "image#1"),
                        List.of("image#2", "image#3"),
                        List.of("image#4"));
    }

    @Test
    void resumingGivesTheTail() {
        PreparedImages images = prepared(new NumberedImages(50, 9));
        LoaderOptions options = LoaderOptions.training(8, 5, 1);
        List<String> whole = contents(images, FLIP_AND_CROP, options);
        for (int start = 0; start <= whole.size() + 1; start++) {
            LoaderOptions resumed = options.withStartBatch(start).withWorkers(start % 3);
            assertThat(contents(images, FLIP_AND_CROP, resumed))
                    .isEqualTo(whole.subList(Math.min(start, whole.size()), whole.size()));
        }
    }

    @Test
    void imagesAreNormalisedAndLabelled() {
        try (BatchLoader loader =
                new BatchLoader(
                        prepared(new NumberedImages(3)),
                        Augmentation.NONE,
                        LoaderOptions.evaluation(3))) {
            Batch batch = loader.next();
            assertThat(batch.size()).isEqualTo(3);
            assertThat(batch.labels()).containsExactly(0, 1, 2);
            assertThat(batch.images()).hasSize(48);
            assertThat(batch.images()[16 + 5]).isEqualTo(6f);
            assertThatThrownBy(loader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    /** Image {@code i} is of class {@code i} and filled with {@code 20 i}; the fifth is broken. */
    private static final class FilledImages implements ImageSet {
        @Override
        public int size() {
            return 11;
        }

        @Override
        public int label(int i) {
            return i;
        }

        @Override
        public String name(int i) {
            return "filled#" + i;
        }

        @Override
        public PixelImage image(int i) throws BadImageException {
            if (i == 4) {
                throw new BadImageException(Path.of(name(i)), "broken on purpose");
            }
            byte[] pixels = new byte[16];
            Arrays.fill(pixels, (byte) (20 * i));
            return new PixelImage(1, 4, 4, pixels);
        }
    }

    @Test
    void theShareOfAMixedBatchIsWhatItsImagesHaveOfThemselves() {
        for (BatchMixing mixing : List.of(new BatchMixing(1, 0), new BatchMixing(0, 1))) {
            Augmentation mixed =
                    new Augmentation(Optional.empty(), List.of(), List.of(), Optional.of(mixing));
            Set<Double> shares = new HashSet<>();
            for (int epoch = 0; epoch < 20; epoch++) {
                LoaderOptions options = LoaderOptions.training(4, 1, epoch).withWorkers(2);
                try (BatchLoader loader =
                        new BatchLoader(prepared(new FilledImages()), mixed, options)) {
                    while (loader.hasNext()) {
                        Batch batch = loader.next();
                        shares.add(batch.share());
                        requireMixed(batch);
                    }
                }
            }
            assertThat(shares).hasSizeGreaterThan(3).allMatch(share -> share >= 0 && share <= 1);
        }
    }

    private static void requireMixed(Batch batch) {
        int count = batch.size();
        for (int n = 0; n < count; n++) {
            int own = batch.labels()[n];
            int before = batch.labels()[n == 0 ? count - 1 : n - 1];
            double mean = 0;
            for (int p = 0; p < 16; p++) {
                mean += batch.images()[n * 16 + p] / 16;
            }
            assertThat(mean)
                    .as("%s, %d of %s", batch.share(), n, batch.names())
                    .isCloseTo(
                            20 * (batch.share() * own + (1 - batch.share()) * before),
                            within(1e-3));
            assertThat(batch.names().get(n)).isEqualTo("filled#" + own);
            assertThat(batch.mainLabel(n)).isEqualTo(batch.share() >= 0.5 ? own : before);
        }
    }

    @Test
    void trainingDropsALastBatchOfOne() {
        ImageSet set = new NumberedImages(9);
        assertThat(names(set, LoaderOptions.training(4, 1, 0))).hasSize(2);
        assertThat(names(set, LoaderOptions.evaluation(4))).hasSize(3);
        assertThat(names(set, LoaderOptions.training(1, 1, 0))).hasSize(9);
    }

    @Test
    void batchesCountsWhatAnEpochGives() {
        for (int size = 2; size < 12; size++) {
            for (int batch = 1; batch < 6; batch++) {
                for (boolean training : new boolean[] {true, false}) {
                    LoaderOptions options =
                            new LoaderOptions(
                                    batch, training, 1, 0, 0, 0, false, LoaderOptions.ALL);
                    PreparedImages images = prepared(new NumberedImages(size));
                    try (BatchLoader loader = new BatchLoader(images, Augmentation.NONE, options)) {
                        assertThat(loader.batches()).isEqualTo(names(images.set(), options).size());
                    }
                }
            }
        }
    }

    @Test
    void undecodableImagesAreLeftOutAndCounted() {
        PreparedImages images = prepared(new NumberedImages(10, 1, 4, 5));
        try (BatchLoader loader =
                new BatchLoader(
                        images, Augmentation.NONE, LoaderOptions.evaluation(2).withWorkers(2))) {
            List<Batch> batches = new ArrayList<>();
            loader.forEachRemaining(batches::add);
            assertThat(batches.stream().map(Batch::index)).containsExactly(0, 1, 3, 4);
            assertThat(batches.get(0).names()).containsExactly("image#0");
            assertThat(batches.get(0).images()).hasSize(16);
            assertThat(loader.leftOut()).isEqualTo(3);
            assertThat(images.leftOut()).isEqualTo(3);
        }
    }

    @Test
    void aFailureInAWorkerReachesTheConsumer() {
        Augmentation failing =
                new Augmentation(
                        List.of(
                                (image, random) -> {
                                    throw new IllegalStateException("on purpose");
                                }));
        for (int workers : new int[] {0, 2}) {
            LoaderOptions options = LoaderOptions.training(4, 1, 0).withWorkers(workers);
            try (BatchLoader loader =
                    new BatchLoader(prepared(new NumberedImages(20)), failing, options)) {
                assertThatThrownBy(loader::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("on purpose");
            }
        }
    }

    @Test
    void staysWithinItsBoundAheadOfTheStep() throws Exception {
        Held held = new Held(1);
        try (BatchLoader loader = held.loader(100)) {
            loader.next();
            // One worker is held at 1, so whoever makes 3 would go on to 4 if it were asked for
            awaitWaiting(held.atThird());
            assertThat(held.begun).contains(0, 2, 3).isSubsetOf(0, 1, 2, 3);
        } finally {
            held.free();
        }
    }

    @Test
    void closingStopsTheEpoch() {
        LoaderOptions options = LoaderOptions.evaluation(1).withWorkers(2);
        BatchLoader loader =
                new BatchLoader(prepared(new NumberedImages(100)), Augmentation.NONE, options);
        loader.next();
        loader.close();
        assertThatThrownBy(loader::next).isInstanceOf(CancellationException.class);
    }

    /** Images that are held while they are read, as from a channel: an interruption closes it. */
    private static final class HeldImages implements ImageSet {
        private final ImageSet images = new NumberedImages(64);
        private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
        private final AtomicInteger begun = new AtomicInteger();
        private final CountDownLatch reached;
        private final CountDownLatch freed = new CountDownLatch(1);
        private final int from;

        /**
         * @param from the first image that is held
         * @param held how many are waited for
         */
        HeldImages(int from, int held) {
            this.from = from;
            this.reached = new CountDownLatch(held);
        }

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int label(int i) {
            return images.label(i);
        }

        @Override
        public String name(int i) {
            return images.name(i);
        }

        @Override
        public PixelImage image(int i) throws IOException {
            begun.incrementAndGet();
            readers.add(Thread.currentThread());
            if (i >= from) {
                reached.countDown();
                try {
                    freed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ClosedByInterruptException();
                }
            }
            return images.image(i);
        }
    }

    @Test
    void whatIsBeingReadWhenALoaderIsClosedIsNotTakenForBroken() throws Exception {
        HeldImages held = new HeldImages(4, 2);
        List<String> notices = new CopyOnWriteArrayList<>();
        PreparedImages images =
                new PreparedImages(
                        held, TO_4X4, false, PreparedImages.defaultBudget(), notices::add);
        BatchLoader loader =
                new BatchLoader(
                        images, Augmentation.NONE, LoaderOptions.evaluation(4).withWorkers(2));
        loader.next();
        assertThat(held.reached.await(20, TimeUnit.SECONDS)).isTrue();
        loader.close();
        held.freed.countDown();
        for (Thread reader : held.readers) {
            reader.join();
        }
        // The first batch, and those that the two workers were at: not the fourth
        assertThat(held.begun).hasValue(12);
        assertThat(notices).isEmpty();
        assertThat(images.leftOut()).isZero();
    }

    @Test
    void anInterruptedReaderLeavesNoImageOut() {
        HeldImages held = new HeldImages(0, 1);
        PreparedImages images = prepared(held);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> images.image(3)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(images.leftOut()).isZero();
        held.freed.countDown();
        assertThat(images.image(3)).isPresent();
    }
}
