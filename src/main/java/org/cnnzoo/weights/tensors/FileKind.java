package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.cnnzoo.errors.BadInput;

/** What a file is, by its first bytes. */
enum FileKind {
    SAFETENSORS,
    PYTORCH;

    private static final int LOOK = 64;

    /** First bytes in hexadecimal, and what begins so. */
    private static final Map<String, String> OTHERS =
            Map.of(
                    "89484446", "an HDF5 file (Keras)",
                    "934e554d5059", "a single NumPy array",
                    "47475546", "a GGUF file",
                    "1f8b", "compressed with gzip; unpack it first",
                    "3c", "a page of HTML or XML, not the file behind it",
                    "76657273696f6e2068747470733a2f2f6769742d6c6673",
                            "a Git LFS pointer, not the file behind it; git lfs pull fetches that");

    /** 80 02 (protocol 2), 8a 0a (a whole number of 10 bytes), PyTorch's magic number. */
    private static final String LEGACY = "80028a0a6cfc9c46f9206aa85019";

    private static final String PICKLE = "80";
    private static final String ZIP = "504b0304";
    private static final String EMPTY_ZIP = "504b0506";

    /**
     * Looks into the file.
     *
     * @throws BadInput if there is none, or it is neither kind
     * @throws org.cnnzoo.errors.WorkFailed if it can't be read
     */
    static FileKind of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput(
                    (Files.isDirectory(file) ? "%s is a folder, not a file" : "no file %s")
                            .formatted(file));
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(LOOK);
        } catch (IOException e) {
            throw DamagedFile.failure(file, e);
        }
        String hex = HexFormat.of().formatHex(start);
        if (hex.startsWith(ZIP) || hex.startsWith(EMPTY_ZIP)) {
            return PYTORCH;
        }
        if (isSafetensors(start)) {
            return SAFETENSORS;
        }
        throw new BadInput(refusal(file, hex));
    }

    TensorFile open(Path file) {
        try {
            return switch (this) {
                case SAFETENSORS -> SafetensorsReader.open(file);
                case PYTORCH -> PyTorchReader.open(file);
            };
        } catch (IOException e) {
            throw DamagedFile.failure(file, e);
        }
    }

    /** Eight bytes of length, which no file fills, and the brace of a JSON object. */
    private static boolean isSafetensors(byte[] start) {
        if (start.length <= Long.BYTES) {
            return false;
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return start[Long.BYTES] == '{' && length >>> 40 == 0;
    }

    private static String refusal(Path file, String hex) {
        if (hex.isEmpty()) {
            return file + " is empty";
        }
        if (hex.startsWith(LEGACY)) {
            return ("%s is in PyTorch's format from before 1.6%nin Python:"
                            + " torch.save(torch.load('%s', weights_only=True), 'new.pth') writes"
                            + " today's")
                    .formatted(file, file.getFileName());
        }
        if (hex.startsWith(PICKLE)) {
            return ("%s is a bare pickle, not a file of torch.save%n"
                            + "in Python: torch.save(model.state_dict(), 'weights.pth')")
                    .formatted(file);
        }
        return OTHERS.entrySet().stream()
                        .filter(other -> hex.startsWith(other.getKey()))
                        .map(other -> "%s is %s".formatted(file, other.getValue()))
                        .findFirst()
                        .orElse("%s is no weight file that can be read".formatted(file))
                + "%nsafetensors, or torch.save(model.state_dict(), 'weights.pth') in Python, are right"
                        .formatted();
    }
}
