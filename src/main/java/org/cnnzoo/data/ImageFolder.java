package org.cnnzoo.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.WorkFailed;

/**
 * A folder of images by class: {@code train/CLASS/*} and, where there are, {@code val/CLASS/*} and
 * {@code test/CLASS/*}, with further folders below a class as they come.
 *
 * <p>Without {@code val}, a tenth of each class of {@code train} is set aside, the same images in
 * every run, or what a {@link ValSplit} asks for. Without {@code test} the split of that name has
 * no images.
 *
 * <p>Channels, size and normalisation come from a sample of up to {@value FolderSurvey#SAMPLE}
 * training images: grey only if all are; their own size where they share one of at most 224 pixels,
 * else a square of the median shorter side, at most 224.
 */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Lists a folder's images; they are decoded when asked for.
     *
     * @throws WorkFailed if the folder or its {@code train} is missing, or a class has no image
     */
    public static Dataset open(Path root) {
        return open(root, ValSplit.USUAL);
    }

    /**
     * The same with other images to validate on.
     *
     * @throws org.cnnzoo.errors.BadInput if the folder has validation images of its own
     */
    public static Dataset open(Path root, ValSplit valSplit) {
        check(root);
        Path name = root.toAbsolutePath().normalize().getFileName();
        return new FileDataset(
                name == null ? root.toString() : name.toString(),
                "the images in " + root,
                splits(root, valSplit));
    }

    /** The same for a folder that has a name and a description of its own. */
    static Dataset open(Path root, KnownDataset known, ValSplit valSplit) {
        check(root);
        return new FileDataset(known.name(), known.description(), splits(root, valSplit));
    }

    private static void check(Path root) {
        if (!Files.isDirectory(root)) {
            throw new WorkFailed(
                    "no folder %s%na folder with train/CLASS/*, or a CSV file of path,label, would be right"
                            .formatted(root));
        }
        if (!Files.isDirectory(root.resolve(Split.TRAIN.label()))) {
            throw new WorkFailed(
                    "%s has no folder 'train'%nright is train/CLASS/*, with val/CLASS/* and test/CLASS/* where there are"
                            .formatted(root));
        }
    }

    private static FileSplits splits(Path root, ValSplit valSplit) {
        Path trainFolder = root.resolve(Split.TRAIN.label());
        List<String> classes = FolderListing.classes(trainFolder);
        if (classes.isEmpty()) {
            throw new WorkFailed(
                    "%s has no folders: one for each class, with its images, would be right"
                            .formatted(trainFolder));
        }
        FolderListing all = FolderListing.of(root, trainFolder, classes, true);
        Optional<FolderListing> val = listing(root, Split.VAL, classes);
        List<FolderListing> parts =
                FileSplits.trainAndVal(all, val, classes.size(), valSplit, root.toString());
        return new FileSplits(
                classes,
                parts.get(0),
                parts.get(1),
                listing(root, Split.TEST, classes)
                        .orElse(new FolderListing(root, List.of(), List.of())),
                Optional.empty());
    }

    private static Optional<FolderListing> listing(Path root, Split split, List<String> classes) {
        Path folder = root.resolve(split.label());
        return Files.isDirectory(folder)
                ? Optional.of(FolderListing.of(root, folder, classes, false))
                : Optional.empty();
    }
}
