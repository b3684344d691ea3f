package org.cnnzoo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.errors.WorkFailed;

/**
 * The image files below {@code SPLIT/CLASS/}, in an order that doesn't depend on the file system:
 * by class, then by path.
 *
 * <p>Not DataVec's FileSplit, though it lists files too: it creates a missing folder as an empty
 * file, takes .JPG for no image, and answers an unreadable folder with fewer files and no error.
 *
 * @param root the data set's folder
 * @param paths relative to the root
 * @param labels of each, an index into the class names
 */
record FolderListing(Path root, List<Path> paths, List<Integer> labels) {
    FolderListing {
        paths = List.copyOf(paths);
        labels = List.copyOf(labels);
    }

    /** The names of the folders below {@code train}, sorted. */
    static List<String> classes(Path train) {
        return List.copyOf(folders(train).keySet());
    }

    /** The folders in a folder by name; a name needn't lead to its folder, if it isn't UTF-8. */
    private static SortedMap<String, Path> folders(Path parent) {
        SortedMap<String, Path> folders = new TreeMap<>();
        try (Stream<Path> children = Files.list(parent)) {
            children.filter(Files::isDirectory)
                    .forEach(child -> folders.put(child.getFileName().toString(), child));
        } catch (IOException e) {
            throw new WorkFailed("can't list " + parent + ": " + e, e);
        }
        folders.keySet().removeIf(name -> name.startsWith("."));
        return folders;
    }

    /**
     * The candidates of one split.
     *
     * @param folder {@code root/SPLIT}
     * @param everyClass whether a class without an image is an error
     * @throws WorkFailed for such a class, for a folder that is none of the classes, and where
     *     listing fails
     */
    static FolderListing of(Path root, Path folder, List<String> classes, boolean everyClass) {
        SortedMap<String, Path> folders = folders(folder);
        for (String name : folders.keySet()) {
            if (!classes.contains(name)) {
                throw new WorkFailed(
                        "%s is none of the classes of %s%s"
                                .formatted(
                                        folder.resolve(name),
                                        root.resolve(Split.TRAIN.label()),
                                        Nearest.hint(name, classes)));
            }
        }
        List<Path> paths = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path own = folders.get(classes.get(label));
            List<Path> files =
                    own == null ? List.of() : candidates(root, own, Integer.MAX_VALUE, false);
            if (files.isEmpty() && everyClass) {
                throw new WorkFailed(
                        "class '%s' has no image: %s%nput PNG, JPEG, GIF, BMP or WebP files there, or remove the folder"
                                .formatted(classes.get(label), folder.resolve(classes.get(label))));
            }
            for (Path file : files) {
                paths.add(file);
                labels.add(label);
            }
        }
        return new FolderListing(root, paths, labels);
    }

    /**
     * The files below a folder whose names are those of images, sorted.
     *
     * @param root what the paths returned are relative to
     * @param folder to look in; none there, no files
     * @param depth how many levels down; 1 for the folder's own files
     * @param hidden whether those in hidden folders count too
     * @throws WorkFailed if listing fails
     */
    static List<Path> candidates(Path root, Path folder, int depth, boolean hidden) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return files.skip(1) // the folder itself
                    .filter(file -> ImageFormat.isCandidate(file.getFileName().toString()))
                    .filter(file -> hidden || !isHidden(folder.relativize(file)))
                    .filter(FolderListing::isFile)
                    .map(root::relativize)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new WorkFailed("can't list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** A file, or a link to one that isn't there: left out with a word, not in silence. */
    private static boolean isFile(Path path) {
        return Files.isRegularFile(path) || (Files.isSymbolicLink(path) && !Files.exists(path));
    }

    /** Whether it is in a hidden folder, such as one of thumbnails. */
    static boolean isHidden(Path below) {
        for (Path name : below) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return paths.size();
    }

    Path file(int i) {
        return root.resolve(paths.get(i));
    }

    /** By paths; its state by each file's size and time stamp as well, no content being read. */
    ImageSet.Fingerprint fingerprint() {
        StringBuilder identity = new StringBuilder();
        StringBuilder state = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            Path file = file(i).toAbsolutePath().normalize();
            identity.append(file).append('\n');
            state.append(file).append('\n').append(stamp(file)).append('\n');
        }
        return new ImageSet.Fingerprint(identity.toString(), state.toString());
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return facts.size() + " " + facts.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            return "unreadable"; // which is said when its turn comes
        }
    }

    /** Some of the files, by index. */
    FolderListing only(int[] indices) {
        List<Path> somePaths = new ArrayList<>();
        List<Integer> someLabels = new ArrayList<>();
        for (int i : indices) {
            somePaths.add(paths.get(i));
            someLabels.add(labels.get(i));
        }
        return new FolderListing(root, somePaths, someLabels);
    }
}
