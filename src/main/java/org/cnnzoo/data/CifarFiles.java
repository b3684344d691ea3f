package org.cnnzoo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.errors.WorkFailed;

/**
 * Reads the binary version of CIFAR-10 and CIFAR-100: records of the label bytes (one; for
 * CIFAR-100 the coarse and then the fine label, of which the fine one counts) and 3 x 32 x 32
 * planar pixels, with no header.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>
 */
final class CifarFiles {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private CifarFiles() {}

    /**
     * Several files one after the other.
     *
     * @param labelBytes before the pixels, of which the last is the label
     * @param classes how many there are: labels must be below
     * @throws WorkFailed if a file is missing, not of whole records, or has a label too high
     */
    static LabelledPixels read(List<Path> files, int labelBytes, int classes) {
        int record = labelBytes + PIXELS;
        List<byte[]> contents = files.stream().map(file -> whole(file, record)).toList();
        int count = contents.stream().mapToInt(c -> c.length / record).sum();
        byte[] pixels = new byte[count * PIXELS];
        int[] labels = new int[count];
        int n = 0;
        for (int f = 0; f < files.size(); f++) {
            byte[] content = contents.get(f);
            for (int from = 0; from < content.length; from += record, n++) {
                labels[n] = content[from + labelBytes - 1] & 0xFF;
                if (labels[n] >= classes) {
                    throw new WorkFailed(
                            "%s: label %d in record %d; with %d classes 0 to %d are right"
                                    .formatted(
                                            files.get(f),
                                            labels[n],
                                            from / record,
                                            classes,
                                            classes - 1));
                }
                System.arraycopy(content, from + labelBytes, pixels, n * PIXELS, PIXELS);
            }
        }
        return new LabelledPixels(3, SIDE, SIDE, pixels, labels);
    }

    private static byte[] whole(Path file, int record) {
        try {
            byte[] content = Files.readAllBytes(file);
            if (content.length == 0 || content.length % record != 0) {
                throw new WorkFailed(
                        "%s is not a whole CIFAR file: %d bytes, a multiple of %d would be right"
                                .formatted(file, content.length, record));
            }
            return content;
        } catch (IOException e) {
            throw new WorkFailed("can't read " + file + ": " + e, e);
        }
    }
}
