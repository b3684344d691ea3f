package org.cnnzoo.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set that has a name, as a file of {@code configs/datasets} describes it; its images may be
 * there or not.
 *
 * @param name as in {@code --data}
 * @param description one sentence
 * @param format how its files are read
 * @param path its folder, relative to the home
 * @param files names below the folder that hold the images of train (and val) and of test; IDX
 *     images and labels in turn, each with or without {@code .gz}; none for a folder by class
 * @param shape {@code [C, H, W]} of every image
 * @param transposed whether rows and columns are exchanged in the files
 * @param classes in the order of the labels
 * @param splits number of images in each
 * @param license its licence
 * @param source the page it comes from
 * @param obtain how to get it, for a person
 */
public record KnownDataset(
        String name,
        String description,
        Format format,
        String path,
        Map<Split, List<String>> files,
        List<Integer> shape,
        boolean transposed,
        List<String> classes,
        Map<Split, Integer> splits,
        String license,
        String source,
        String obtain) {
    /** How a data set's files are laid out. */
    public enum Format {
        /** MNIST's: images and labels in two files. */
        IDX,
        /** Binary CIFAR-10: a label byte before each image. */
        CIFAR10,
        /** Binary CIFAR-100: a coarse and a fine label byte before each image. */
        CIFAR100,
        /** {@code train/CLASS/*}, see {@link ImageFolder}. */
        FOLDER
    }

    public KnownDataset {
        files = Map.copyOf(files);
        shape = List.copyOf(shape);
        classes = List.copyOf(classes);
        splits = Map.copyOf(splits);
    }

    /** Number of images in all splits. */
    public int images() {
        return splits.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The first thing that is absent from a folder that should hold this data set. */
    public Optional<Path> missing(Path folder) {
        if (format == Format.FOLDER) {
            Path train = folder.resolve("train");
            return Files.isDirectory(train) ? Optional.empty() : Optional.of(train);
        }
        return List.of(Split.TRAIN, Split.TEST).stream()
                .flatMap(split -> files.getOrDefault(split, List.of()).stream())
                .map(file -> file(folder, file))
                .filter(file -> !Files.isRegularFile(file))
                .findFirst();
    }

    /** The paths of a split's files: as named, or with {@code .gz} where only that is there. */
    List<Path> paths(Path folder, Split split) {
        return files.getOrDefault(split, List.of()).stream().map(f -> file(folder, f)).toList();
    }

    private static Path file(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path gzipped = folder.resolve(name + ".gz");
        return !Files.exists(plain) && Files.exists(gzipped) ? gzipped : plain;
    }
}
