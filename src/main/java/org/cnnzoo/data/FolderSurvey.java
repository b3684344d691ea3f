package org.cnnzoo.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.cnnzoo.errors.WorkFailed;
import org.jspecify.annotations.Nullable;

/**
 * What a folder's training images are like, from a sample of them that is always the same.
 *
 * @param channels 1 if every image of the sample is grey, else 3
 * @param height for a network
 * @param width for a network
 * @param uniform whether every image of the sample has this size
 * @param normalization of the sample, each image weighing the same
 */
record FolderSurvey(
        int channels, int height, int width, boolean uniform, Normalization normalization) {
    /** How many images are looked at. */
    static final int SAMPLE = 1000;

    /** The usual input of networks for photographs. */
    private static final int PHOTOGRAPH = 224;

    private static final long SEED = 0x737572766579L; // "survey"

    /**
     * Looks at up to {@value #SAMPLE} images, on every core.
     *
     * @throws WorkFailed if none of them can be decoded
     */
    static FolderSurvey of(FolderListing train, ImageDecoder decoder) {
        int[] order = Seeds.permutation(train.size(), Seeds.random(SEED));
        List<Seen> seen =
                Arrays.stream(order)
                        .limit(SAMPLE)
                        .parallel()
                        .mapToObj(i -> see(train, i, decoder))
                        .filter(Objects::nonNull)
                        .toList();
        if (seen.isEmpty()) {
            throw new WorkFailed(
                    "not one of %d images in %s can be decoded, such as %s"
                            .formatted(
                                    Math.min(SAMPLE, train.size()), train.root(), train.file(0)));
        }
        int channels = seen.stream().mapToInt(Seen::channels).max().orElse(3);
        Seen first = seen.get(0);
        boolean uniform =
                seen.stream().allMatch(s -> s.height == first.height && s.width == first.width);
        int[] sides = seen.stream().mapToInt(s -> Math.min(s.height, s.width)).sorted().toArray();
        int side = Math.min(PHOTOGRAPH, sides[sides.length / 2]);
        boolean keep = uniform && Math.max(first.height, first.width) <= PHOTOGRAPH;
        ChannelMoments moments = new ChannelMoments(channels);
        for (Seen s : seen) {
            for (int c = 0; c < channels; c++) {
                moments.add(c, s.histograms[s.channels == 1 ? 0 : c]);
            }
        }
        return new FolderSurvey(
                channels,
                keep ? first.height : side,
                keep ? first.width : side,
                keep,
                moments.normalization());
    }

    private static @Nullable Seen see(FolderListing train, int i, ImageDecoder decoder) {
        try {
            PixelImage image = decoder.decode(train.file(i), PHOTOGRAPH, PHOTOGRAPH);
            return new Seen(image.height(), image.width(), image.channels(), histograms(image));
        } catch (IOException e) {
            return null; // named in the log when its turn in a batch comes
        }
    }

    private static long[][] histograms(PixelImage image) {
        int plane = image.height() * image.width();
        long[][] histograms = new long[image.channels()][256];
        for (int p = 0; p < image.pixels().length; p++) {
            histograms[p / plane][image.pixels()[p] & 0xFF]++;
        }
        return histograms;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Seen(int height, int width, int channels, long[][] histograms) {}
}
