package org.cnnzoo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.errors.WorkFailed;

/** Files in a folder of images by class that are none of its images. */
final class FolderStrangers {
    private FolderStrangers() {}

    /**
     * Those below {@code train}, {@code val} and {@code test}, by path.
     *
     * @param root the data set's folder
     * @throws WorkFailed if listing fails
     */
    static List<Dataset.LeftOut> of(Path root, List<String> classes) {
        List<Dataset.LeftOut> strangers = new ArrayList<>();
        for (Split split : Split.values()) {
            Path folder = root.resolve(split.label());
            if (Files.isDirectory(folder)) {
                add(folder, classes, strangers);
            }
        }
        return strangers;
    }

    private static void add(Path folder, List<String> classes, List<Dataset.LeftOut> strangers) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(
                            file -> {
                                String reason = reason(folder.relativize(file), classes);
                                if (!reason.isEmpty()) {
                                    strangers.add(new Dataset.LeftOut(file.toString(), reason));
                                }
                            });
        } catch (IOException | UncheckedIOException e) {
            throw new WorkFailed("can't list " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Why a file is left out; empty if it isn't. */
    private static String reason(Path inSplit, List<String> classes) {
        if (inSplit.getNameCount() == 1 || !classes.contains(inSplit.getName(0).toString())) {
            return "in no class's folder";
        }
        if (!ImageFormat.isCandidate(String.valueOf(inSplit.getFileName()))) {
            return "not an image's name";
        }
        return FolderListing.isHidden(inSplit) ? "in a hidden folder" : "";
    }
}
