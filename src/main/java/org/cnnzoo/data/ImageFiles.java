package org.cnnzoo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Image files without classes, in the order given: every label is 0. Remembers which of them could
 * not be decoded, and why.
 */
public final class ImageFiles implements ImageSet {
    private final List<Path> files;
    private final ImageDecoder decoder = new ImageDecoder();
    private final Map<Integer, String> failures = new ConcurrentHashMap<>();

    public ImageFiles(List<Path> files) {
        this.files = List.copyOf(files);
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int label(int i) {
        return 0;
    }

    @Override
    public String name(int i) {
        return files.get(i).toString();
    }

    @Override
    public PixelImage image(int i) throws IOException {
        return image(i, 1, 1);
    }

    @Override
    public PixelImage image(int i, int height, int width) throws IOException {
        try {
            return decoder.decode(files.get(i), height, width);
        } catch (IOException e) {
            failures.put(i, BadImageException.reason(e));
            throw e;
        }
    }

    /** Why file {@code i} could not be decoded; nothing if it was, or wasn't asked for yet. */
    public Optional<String> failure(int i) {
        return Optional.ofNullable(failures.get(i));
    }
}
