package org.cnnzoo.weights.tensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;

/**
 * An open file of named tensors; names and shapes are in memory, values are read when asked for, by
 * any number of threads.
 */
public final class TensorFile implements Closeable {
    private final Path file;
    private final String format;
    private final Map<String, Tensor> tensors;
    private final Closeable source;

    TensorFile(Path file, String format, Map<String, Tensor> tensors, Closeable source) {
        this.file = file;
        this.format = format;
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        this.source = source;
    }

    /**
     * Opens a safetensors file or a PyTorch state dict; what it is shows in its first bytes, not in
     * its name.
     *
     * @throws BadInput if there is no such file, or it is something else; the message says what
     * @throws org.cnnzoo.errors.WorkFailed if it is damaged or can't be read
     */
    public static TensorFile open(Path file) {
        return FileKind.of(file).open(file);
    }

    /** What the file is, in words: {@code safetensors}. */
    public String format() {
        return format;
    }

    public Path file() {
        return file;
    }

    /** Names in the order of the file. */
    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    /** Names and shapes in the order of the file. */
    public Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return Collections.unmodifiableMap(shapes);
    }

    /** All tensors in the order of the file; each reads its values from this file, while open. */
    public List<Tensor> tensors() {
        return List.copyOf(tensors.values());
    }

    public boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /**
     * One tensor.
     *
     * @throws BadInput if the file has none of this name; the message has the nearest
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new BadInput(
                    "%s has no tensor '%s'%s"
                            .formatted(file, name, Nearest.hint(name, tensors.keySet())));
        }
        return tensor;
    }

    /** The tensor's sizes, see {@link #tensor}. */
    public List<Long> shape(String name) {
        return tensor(name).shape();
    }

    /** The tensor's values in row-major order, see {@link Tensor#values}. */
    public float[] values(String name) {
        return tensor(name).values();
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw DamagedFile.failure(file, e);
        }
    }
}
