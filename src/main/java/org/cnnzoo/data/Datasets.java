package org.cnnzoo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.errors.WorkFailed;

/** Data sets by name, by folder or by CSV file. */
public final class Datasets {
    private Datasets() {}

    /**
     * Opens a data set: checks that its files are there, and reads them when they are asked for.
     *
     * @param nameOrFolder a known name, else a folder of images by class, see {@link ImageFolder},
     *     or a CSV file that lists some, see {@link ImageCsv}; {@code ./NAME} for a folder with the
     *     name of a known data set
     * @param home where {@code configs/datasets} and {@code datasets} are
     * @param dataPath the folder with a known data set's files, where that isn't {@code
     *     datasets/NAME} of the home
     * @throws BadInput for an unknown name, or a data path beside a folder
     * @throws WorkFailed for data that are missing, unreadable or misarranged
     */
    public static Dataset open(String nameOrFolder, Path home, Optional<Path> dataPath) {
        return open(nameOrFolder, home, dataPath, ValSplit.USUAL);
    }

    /**
     * The same with other images to validate on.
     *
     * @throws BadInput also if the data set has validation images of its own
     */
    public static Dataset open(
            String nameOrFolder, Path home, Optional<Path> dataPath, ValSplit valSplit) {
        List<KnownDataset> known = known(home);
        for (KnownDataset data : known) {
            if (data.name().equals(nameOrFolder)) {
                return open(data, dataPath.orElse(home.resolve(data.path())), valSplit);
            }
        }
        List<String> names = known.stream().map(KnownDataset::name).toList();
        Path folder = Path.of(nameOrFolder);
        boolean isPath =
                nameOrFolder.indexOf('/') >= 0 || Files.exists(folder) || ImageCsv.isNamed(folder);
        if (!isPath) {
            throw new BadInput(
                    "unknown data set '%s'%s%nknown are %s; or give a folder with train/CLASS/*, or a CSV file of path,label"
                            .formatted(
                                    nameOrFolder,
                                    Nearest.hint(nameOrFolder, names),
                                    String.join(", ", names)));
        }
        if (dataPath.isPresent()) {
            throw new BadInput(
                    "a data path says where a known data set is, but '%s' is a path itself%ngive one of the two"
                            .formatted(nameOrFolder));
        }
        return ImageCsv.isNamed(folder) && !Files.isDirectory(folder)
                ? ImageCsv.open(folder, valSplit)
                : ImageFolder.open(folder, valSplit);
    }

    /** Whether that is the name of a known data set, rather than a folder or a file. */
    public static boolean isKnown(String name, Path home) {
        return known(home).stream().anyMatch(data -> data.name().equals(name));
    }

    /**
     * The data sets that have a name, present or not, by name.
     *
     * @param home where {@code configs/datasets} is
     * @throws BadInput if one of its files is wrong
     */
    public static List<KnownDataset> known(Path home) {
        Path configs = home.resolve("configs").resolve("datasets");
        if (!Files.isDirectory(configs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(configs)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(DatasetFile::read)
                    .toList();
        } catch (IOException e) {
            throw new WorkFailed("can't list " + configs + ": " + e, e);
        }
    }

    private static Dataset open(KnownDataset data, Path folder, ValSplit valSplit) {
        Optional<Path> missing = data.missing(folder);
        if (missing.isPresent()) {
            throw new WorkFailed(
                    "data set '%s' is not here: %s is missing%nsource: %s (%s)%n%s"
                            .formatted(
                                    data.name(),
                                    missing.get(),
                                    data.source(),
                                    data.license(),
                                    data.obtain()));
        }
        return data.format() == KnownDataset.Format.FOLDER
                ? ImageFolder.open(folder, data, valSplit)
                : new PixelDataset(data, folder, valSplit);
    }
}
