package org.cnnzoo.data;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;

/**
 * Where prepared images are to be kept between epochs. It never changes what they are.
 *
 * @param kind where
 * @param mostBytes of pixels that all splits of a training keep together; otherwise {@link
 *     PreparedImages#defaultBudget()} for each in memory, and no limit in a file
 * @param folder of the files
 */
public record CacheChoice(Kind kind, OptionalLong mostBytes, Path folder) {
    /** Where images may be kept. */
    public enum Kind implements Labelled {
        /** Nowhere: decoded each time. */
        NONE,
        /** In the Java heap. */
        RAM,
        /** In memory-mapped files, for other processes and later runs too. */
        DISK;
    }

    /** The heap with its usual budget. */
    public static final CacheChoice USUAL =
            new CacheChoice(Kind.RAM, OptionalLong.empty(), Path.of(""));

    /**
     * Refuses a budget that the heap can't hold.
     *
     * @throws BadInput if it is more than three quarters of the heap's limit
     */
    public void requireRoom() {
        long most = Runtime.getRuntime().maxMemory() / 4 * 3;
        if (kind == Kind.RAM && mostBytes.orElse(0) > most) {
            throw new BadInput(
                    "--cache-mb %d is more than fits beside the rest in a heap of %d MiB%nat most %d would be right, or a greater CNN_HEAP, or --cache disk"
                            .formatted(
                                    mostBytes.orElse(0) >> 20,
                                    Runtime.getRuntime().maxMemory() >> 20,
                                    most >> 20));
        }
    }

    /** The cache of one training, empty but for files that are there. */
    public ImageCache open() {
        return new ImageCache(this, 1);
    }

    /** The same with a share of the memory, where several are kept at a time. */
    public ImageCache open(int shares) {
        return new ImageCache(this, shares);
    }
}
