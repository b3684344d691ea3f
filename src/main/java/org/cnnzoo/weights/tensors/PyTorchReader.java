package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;

/** Opens what {@code torch.save} writes. */
final class PyTorchReader {
    private PyTorchReader() {}

    static TensorFile open(Path file) throws IOException {
        return new TensorFile(file, "PyTorch", Map.of(), new ZipFile(file.toFile()));
    }
}
