package org.cnnzoo.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;

/**
 * Image files in three splits.
 *
 * @param classes the class names, which the listings' labels are indices into
 * @param test empty where there are none
 * @param list the CSV file that says each image's split and class; nothing where its path does
 */
record FileSplits(
        List<String> classes,
        FolderListing train,
        FolderListing val,
        FolderListing test,
        Optional<Path> list) {
    FileSplits {
        classes = List.copyOf(classes);
    }

    /** The images of a split. */
    FolderListing of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VAL -> val;
            case TEST -> test;
        };
    }

    /**
     * What is trained on, and what is validated on: images of its own where there are any, else
     * usually a tenth of each class.
     *
     * @param val nothing where there are none
     * @param place whose images they are, for a person
     * @throws BadInput if others are asked for than there are
     */
    static List<FolderListing> trainAndVal(
            FolderListing train,
            Optional<FolderListing> val,
            int classes,
            ValSplit valSplit,
            String place) {
        if (val.isEmpty()) {
            return withoutVal(train, classes, valSplit);
        }
        if (!valSplit.isUsual()) {
            throw new BadInput(
                    "--val-split and --val-seed have no effect: %s has validation images of its own"
                            .formatted(place));
        }
        return List.of(train, val.get());
    }

    private static List<FolderListing> withoutVal(
            FolderListing all, int classes, ValSplit valSplit) {
        int[] labels = all.labels().stream().mapToInt(Integer::intValue).toArray();
        int tenth = Math.max(1, Math.round(all.size() / 10f));
        int[] held = valSplit.held(labels, classes, tenth);
        return List.of(all.only(StratifiedSplit.rest(all.size(), held)), all.only(held));
    }
}
