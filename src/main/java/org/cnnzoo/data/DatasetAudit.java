package org.cnnzoo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A data set, every image decoded: what is broken, what stands twice, how classes, sizes and
 * channels are.
 *
 * @param splits those that have images
 * @param shared images whose pixels are in more than one split: what is tested was trained on
 * @param leftOut files beside the images that are taken for none
 */
public record DatasetAudit(
        List<SplitAudit> splits, List<Shared> shared, List<Dataset.LeftOut> leftOut) {
    /** Images are decoded so many at a time. */
    private static final int CHUNK = 512;

    public DatasetAudit {
        splits = List.copyOf(splits);
        shared = List.copyOf(shared);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The same pixels in two splits or more.
     *
     * @param images one of each split, by the split's label, in the order of the splits
     */
    public record Shared(Map<String, String> images) {
        public Shared {
            images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        }
    }

    /** Whether something must be mended: an image that can't be decoded, or one in two splits. */
    public boolean isWrong() {
        return !shared.isEmpty() || splits.stream().anyMatch(split -> !split.broken().isEmpty());
    }

    /**
     * Looks at every image, on every core.
     *
     * @param done told how many more were looked at, on the calling thread
     */
    public static DatasetAudit of(Dataset data, IntConsumer done) {
        List<SplitAudit> audits = new ArrayList<>();
        Map<Split, Map<String, String>> firstByContent = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            ImageSet set = data.split(split);
            if (set.size() > 0) {
                Audit audit = new Audit(data, split, set);
                audit.look(done);
                audits.add(audit.result());
                firstByContent.put(split, audit.firstByContent());
            }
        }
        return new DatasetAudit(audits, shared(firstByContent), data.leftOut());
    }

    private static List<Shared> shared(Map<Split, Map<String, String>> firstByContent) {
        Map<String, Map<String, String>> bySplit = new LinkedHashMap<>();
        firstByContent.forEach(
                (split, contents) ->
                        contents.forEach(
                                (content, image) ->
                                        bySplit.computeIfAbsent(content, c -> new LinkedHashMap<>())
                                                .put(split.label(), image)));
        return bySplit.values().stream()
                .filter(images -> images.size() > 1)
                .map(Shared::new)
                .toList();
    }

    /** What one image is like. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Seen(String content, String size, int channels, long[][] histograms) {}

    /** A split's figures in the making. */
    private static final class Audit {
        private final Dataset data;
        private final Split split;
        private final ImageSet set;
        private final int[] counts;
        private final TreeMap<String, Integer> sizes = new TreeMap<>();
        private final List<SplitAudit.Broken> broken = new ArrayList<>();
        private final Map<String, List<String>> byContent = new LinkedHashMap<>();
        private final long[][] histograms = new long[3][256];
        private boolean colour;

        Audit(Dataset data, Split split, ImageSet set) {
            this.data = data;
            this.split = split;
            this.set = set;
            this.counts = new int[data.classes().size()];
        }

        void look(IntConsumer done) {
            for (int from = 0; from < set.size(); from += CHUNK) {
                int end = Math.min(from + CHUNK, set.size());
                List<Object> seen =
                        IntStream.range(from, end).parallel().mapToObj(this::see).toList();
                for (int i = from; i < end; i++) {
                    counts[set.label(i)]++;
                    if (seen.get(i - from) instanceof Seen image) {
                        add(i, image);
                    } else {
                        broken.add((SplitAudit.Broken) seen.get(i - from));
                    }
                }
                done.accept(end - from);
            }
        }

        /** A {@link Seen}, or a {@link SplitAudit.Broken}. */
        private Object see(int i) {
            try {
                PixelImage image = set.image(i);
                long[][] own = new long[image.channels()][256];
                int plane = image.height() * image.width();
                for (int p = 0; p < image.pixels().length; p++) {
                    own[p / plane][image.pixels()[p] & 0xFF]++;
                }
                String size =
                        "%dx%d%s"
                                .formatted(
                                        image.width(),
                                        image.height(),
                                        image.channels() == 1 ? " grey" : " colour");
                return new Seen(content(image), size, image.channels(), own);
            } catch (IOException e) {
                return new SplitAudit.Broken(set.name(i), BadImageException.reason(e));
            }
        }

        private void add(int i, Seen image) {
            sizes.merge(image.size(), 1, Integer::sum);
            byContent.computeIfAbsent(image.content(), c -> new ArrayList<>()).add(set.name(i));
            colour |= image.channels() == 3;
            for (int c = 0; c < 3; c++) {
                long[] own = image.histograms()[image.channels() == 1 ? 0 : c];
                for (int v = 0; v < 256; v++) {
                    histograms[c][v] += own[v];
                }
            }
        }

        Map<String, String> firstByContent() {
            Map<String, String> first = new LinkedHashMap<>();
            byContent.forEach((content, images) -> first.put(content, images.get(0)));
            return first;
        }

        SplitAudit result() {
            List<SplitAudit.ClassCount> classes = new ArrayList<>();
            for (int c = 0; c < counts.length; c++) {
                classes.add(new SplitAudit.ClassCount(data.classes().get(c), counts[c]));
            }
            Optional<Normalization> moments = byContent.isEmpty() ? Optional.empty() : moments();
            return new SplitAudit(
                    split,
                    set.size(),
                    classes,
                    sizes,
                    moments.map(m -> doubles(m.mean())).orElse(List.of()),
                    moments.map(m -> doubles(m.std())).orElse(List.of()),
                    broken,
                    byContent.values().stream().filter(images -> images.size() > 1).toList());
        }

        private Optional<Normalization> moments() {
            int channels = colour ? 3 : 1;
            ChannelMoments moments = new ChannelMoments(channels);
            for (int c = 0; c < channels; c++) {
                moments.add(c, histograms[c]);
            }
            return Optional.of(moments.normalization());
        }

        private static List<Double> doubles(float[] values) {
            List<Double> list = new ArrayList<>();
            for (float value : values) {
                list.add((double) value);
            }
            return list;
        }
    }

    private static String content(PixelImage image) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    ByteBuffer.allocate(12)
                            .putInt(image.channels())
                            .putInt(image.height())
                            .putInt(image.width())
                            .flip());
            return HexFormat.of().formatHex(digest.digest(image.pixels()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
