package org.cnnzoo.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Labelled images in three splits. Safe for several threads; what is costly is read when asked. */
public interface Dataset {
    /** The known name ({@code fashion-mnist}) or the folder's. */
    String name();

    /** One sentence for a person. */
    String description();

    /** The class names; a label is an index into this list. */
    List<String> classes();

    /** 1 if every image is grey, else 3. */
    int channels();

    /**
     * Rows of the images. Where images differ in size, as in a folder of photographs, a square that
     * suits most of them, see {@link ImageFolder}.
     */
    int height();

    /** Columns of the images, see {@link #height()}. */
    int width();

    /** Whether every image is {@link #height()} by {@link #width()}. */
    boolean uniformSize();

    /** The images of one split; none where there is no {@link Split#TEST}. */
    ImageSet split(Split split);

    /** The file that lists the images, where there is one. */
    default Optional<Path> list() {
        return Optional.empty();
    }

    /** Files among the images that are none of them, by path; none where images have no files. */
    default List<LeftOut> leftOut() {
        return List.of();
    }

    /** A file that is left out, and why. */
    record LeftOut(String file, String reason) {}

    /** Mean and deviation of each channel over the training split, and no other. */
    Normalization normalization();

    /**
     * A SHA-256 in hexadecimal that changes when the data do, the same on every machine.
     *
     * <p>IDX and CIFAR files: over their uncompressed contents, and which images are set aside
     * where that isn't the usual {@link ValSplit}. Folders: over each file's relative path, size
     * and contents; above {@value FileDataset#HASHED_CONTENT_BYTES} bytes in total, where reading
     * everything would delay the start, over paths and sizes only. CSV files: likewise, and over
     * each file's split and label. Time stamps never count.
     */
    String hash();
}
