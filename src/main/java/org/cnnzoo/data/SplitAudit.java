package org.cnnzoo.data;

import java.util.List;
import java.util.SortedMap;

/**
 * What was found in one split, every image looked at.
 *
 * @param split which
 * @param images how many there are, broken ones included
 * @param perClass images of each class, by its name, in the classes' order
 * @param sizes how many images are {@code WIDTHxHEIGHT}, channels behind it
 * @param mean of each channel in 0..1, every pixel weighing the same; grey counts as three equal
 *     channels where there is colour too; empty if no image can be decoded
 * @param std deviation of each channel likewise
 * @param broken images that can't be decoded
 * @param repeated groups of images of this split with the same pixels
 */
public record SplitAudit(
        Split split,
        int images,
        List<ClassCount> perClass,
        SortedMap<String, Integer> sizes,
        List<Double> mean,
        List<Double> std,
        List<Broken> broken,
        List<List<String>> repeated) {
    public SplitAudit {
        perClass = List.copyOf(perClass);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        broken = List.copyOf(broken);
        repeated = List.copyOf(repeated);
    }

    /** How many images a class has. */
    public record ClassCount(String name, int images) {}

    /** An image that can't be decoded, and why. */
    public record Broken(String image, String reason) {}

    /** The largest class over the smallest that has any image; 1 if all are alike. */
    public double imbalance() {
        int most = perClass.stream().mapToInt(ClassCount::images).max().orElse(0);
        int least =
                perClass.stream()
                        .mapToInt(ClassCount::images)
                        .filter(count -> count > 0)
                        .min()
                        .orElse(0);
        return least == 0 ? 1 : (double) most / least;
    }
}
