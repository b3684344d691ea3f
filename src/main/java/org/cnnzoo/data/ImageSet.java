package org.cnnzoo.data;

import java.io.IOException;
import java.util.Optional;

/** The labelled images of one split, in an order that never changes. Safe for several threads. */
public interface ImageSet {
    /** How many images there are, unreadable ones included: files are opened when asked for. */
    int size();

    /** The class of image {@code i}: an index into {@link Dataset#classes()}. */
    int label(int i);

    /** What a person finds image {@code i} by: a file's path, or {@code train#123}. */
    String name(int i);

    /** Which picture image {@code i} comes from, where several are views of one; else itself. */
    default int source(int i) {
        return i;
    }

    /**
     * Image {@code i} at its own size and with its own channels.
     *
     * @throws BadImageException if the file is no image or a broken one
     * @throws IOException if the file can't be read
     */
    PixelImage image(int i) throws IOException;

    /**
     * Image {@code i} for a use at {@code height x width}: a very large file may be decoded at a
     * reduced scale, though never below that size.
     *
     * @throws IOException as {@link #image(int)}
     */
    default PixelImage image(int i, int height, int width) throws IOException {
        return image(i);
    }

    /** What a file of prepared images is known by; nothing for images that none is made of. */
    default Optional<Fingerprint> fingerprint() {
        return Optional.empty();
    }

    /**
     * What a split is, and in which state.
     *
     * @param identity which images, by name
     * @param state changes with the images' contents, or with sizes and time stamps of their files
     */
    record Fingerprint(String identity, String state) {}
}
