package org.cnnzoo.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.cnnzoo.errors.WorkFailed;

/**
 * A data set that fits in memory whole, read from IDX or CIFAR files when first asked for.
 *
 * <p>Its files know train and test only; the validation images are set aside from train, see {@link
 * ValSplit}.
 */
final class PixelDataset implements Dataset {
    private final KnownDataset known;
    private final ValSplit valSplit;
    private final Supplier<LabelledPixels> train;
    private final Supplier<LabelledPixels> test;
    private final Supplier<int[]> held;
    private final Supplier<Normalization> normalization;
    private final Supplier<String> hash;

    PixelDataset(KnownDataset known, Path folder, ValSplit valSplit) {
        this.known = known;
        this.valSplit = valSplit;
        this.train = Once.of(() -> read(folder, Split.TRAIN));
        this.test = Once.of(() -> read(folder, Split.TEST));
        this.held =
                Once.of(
                        () ->
                                valSplit.held(
                                        train.get().labels(),
                                        known.classes().size(),
                                        count(Split.VAL)));
        this.normalization = Once.of(this::measure);
        this.hash = Once.of(this::digest);
    }

    @Override
    public String name() {
        return known.name();
    }

    @Override
    public String description() {
        return known.description();
    }

    @Override
    public List<String> classes() {
        return known.classes();
    }

    @Override
    public int channels() {
        return known.shape().get(0);
    }

    @Override
    public int height() {
        return known.shape().get(1);
    }

    @Override
    public int width() {
        return known.shape().get(2);
    }

    @Override
    public boolean uniformSize() {
        return true;
    }

    @Override
    public ImageSet split(Split split) {
        return switch (split) {
            case TRAIN ->
                    new Part(
                            train.get(),
                            StratifiedSplit.rest(train.get().size(), held.get()),
                            "train",
                            this);
            case VAL -> new Part(train.get(), held.get().clone(), "train", this);
            case TEST ->
                    new Part(
                            test.get(),
                            IntStream.range(0, test.get().size()).toArray(),
                            "test",
                            this);
        };
    }

    @Override
    public Normalization normalization() {
        return normalization.get();
    }

    @Override
    public String hash() {
        return hash.get();
    }

    private int count(Split split) {
        return known.splits().getOrDefault(split, 0);
    }

    private LabelledPixels read(Path folder, Split split) {
        List<Path> files = known.paths(folder, split);
        int classes = known.classes().size();
        LabelledPixels raw =
                switch (known.format()) {
                    case IDX -> IdxFiles.read(files.get(0), files.get(1), classes);
                    case CIFAR10 -> CifarFiles.read(files, 1, classes);
                    case CIFAR100 -> CifarFiles.read(files, 2, classes);
                    case FOLDER -> throw new IllegalArgumentException("a folder is no pixel file");
                };
        LabelledPixels pixels = known.transposed() ? raw.transposed() : raw;
        int right = split == Split.TEST ? count(split) : count(Split.TRAIN) + count(Split.VAL);
        if (pixels.size() != right) {
            throw new WorkFailed(
                    "%s has %d images in %s; %d would be right for '%s'"
                            .formatted(folder, pixels.size(), files, right, name()));
        }
        List<Integer> shape = List.of(pixels.channels(), pixels.height(), pixels.width());
        if (!shape.equals(known.shape())) {
            throw new WorkFailed(
                    "%s has images of %s; %s would be right for '%s'"
                            .formatted(folder, shape, known.shape(), name()));
        }
        return pixels;
    }

    private Normalization measure() {
        LabelledPixels all = train.get();
        int plane = all.height() * all.width();
        long[][] histogram = new long[all.channels()][256];
        for (int i : StratifiedSplit.rest(all.size(), held.get())) {
            for (int c = 0; c < all.channels(); c++) {
                int from = (i * all.channels() + c) * plane;
                for (int p = from; p < from + plane; p++) {
                    histogram[c][all.pixels()[p] & 0xFF]++;
                }
            }
        }
        ChannelMoments moments = new ChannelMoments(all.channels());
        for (int c = 0; c < all.channels(); c++) {
            moments.add(c, histogram[c]);
        }
        return moments.normalization();
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            train.get().digest(digest);
            test.get().digest(digest);
            if (!valSplit.isUsual()) { // other images are trained on
                digest.update(Arrays.toString(held.get()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Some of the images of a file, by index. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Part(LabelledPixels all, int[] indices, String file, PixelDataset data)
            implements ImageSet {
        @Override
        public int size() {
            return indices.length;
        }

        @Override
        public int label(int i) {
            return all.labels()[indices[i]];
        }

        @Override
        public String name(int i) {
            return file + "#" + indices[i];
        }

        @Override
        public PixelImage image(int i) {
            return all.image(indices[i]);
        }

        @Override
        public Optional<Fingerprint> fingerprint() {
            String which = "%s %s %s".formatted(data.name(), file, Arrays.hashCode(indices));
            return Optional.of(new Fingerprint(which, which + " " + data.hash()));
        }
    }
}
