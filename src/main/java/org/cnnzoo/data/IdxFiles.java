package org.cnnzoo.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.cnnzoo.errors.WorkFailed;

/**
 * Reads IDX, the format of MNIST and its kin: a big-endian magic number, the sizes, then unsigned
 * bytes; gzipped or plain, told apart by content.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">the format</a>
 */
final class IdxFiles {
    private static final int IMAGES = 0x00000803;
    private static final int LABELS = 0x00000801;
    private static final int GZIP = 0x1F8B;

    private IdxFiles() {}

    /**
     * A pair of files as grey images with labels.
     *
     * @param classes how many there are: labels must be below
     * @throws WorkFailed if a file is missing, is not IDX, is cut off or goes on too long, or if
     *     the two differ in number
     */
    static LabelledPixels read(Path images, Path labels, int classes) {
        int[] known = labels(labels, classes);
        return open(
                images,
                in -> {
                    check(images, in.readInt(), IMAGES, "images");
                    int count = size(images, in.readInt(), "images");
                    int height = size(images, in.readInt(), "rows");
                    int width = size(images, in.readInt(), "columns");
                    if (count != known.length) {
                        throw new WorkFailed(
                                "%s has %d images, but %s has %d labels"
                                        .formatted(images, count, labels, known.length));
                    }
                    byte[] pixels = bytes(images, in, count, (long) height * width, "images");
                    return new LabelledPixels(1, height, width, pixels, known);
                });
    }

    private static int[] labels(Path file, int classes) {
        return open(
                file,
                in -> {
                    check(file, in.readInt(), LABELS, "labels");
                    int count = size(file, in.readInt(), "labels");
                    byte[] raw = bytes(file, in, count, 1, "labels");
                    int[] labels = new int[count];
                    for (int i = 0; i < count; i++) {
                        labels[i] = raw[i] & 0xFF;
                        if (labels[i] >= classes) {
                            throw new WorkFailed(
                                    "%s: label %d at place %d; with %d classes 0 to %d are right"
                                            .formatted(file, labels[i], i, classes, classes - 1));
                        }
                    }
                    return labels;
                });
    }

    private static void check(Path file, int magic, int right, String kind) {
        if (magic != right) {
            throw new WorkFailed(
                    "%s is not an IDX file of %s: it starts with 0x%08x, 0x%08x would be right"
                            .formatted(file, kind, magic, right));
        }
    }

    private static int size(Path file, int size, String kind) {
        if (size < 1) {
            throw new WorkFailed("%s: its header says %d %s".formatted(file, size, kind));
        }
        return size;
    }

    private static byte[] bytes(Path file, InputStream in, int count, long each, String kind)
            throws IOException {
        if (count * each > Integer.MAX_VALUE - 8) {
            throw new WorkFailed(
                    "%s: its header says %d %s of %d bytes, more than an array holds"
                            .formatted(file, count, kind, each));
        }
        int length = (int) (count * each);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new WorkFailed(
                    "%s is cut off: its header says %d %s, but it ends after %d"
                            .formatted(file, count, kind, bytes.length / each));
        }
        if (in.read() != -1) {
            throw new WorkFailed(
                    "%s goes on after the %d %s its header says".formatted(file, count, kind));
        }
        return bytes;
    }

    private static <T> T open(Path file, Body<T> body) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            raw.mark(2);
            boolean gzip = (raw.read() << 8 | raw.read()) == GZIP;
            raw.reset();
            InputStream content = gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
            return body.read(new DataInputStream(new BufferedInputStream(content, 1 << 16)));
        } catch (EOFException e) {
            throw new WorkFailed(file + " is cut off: it ends too early", e);
        } catch (ZipException e) {
            throw new WorkFailed(file + " is a broken gzip file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new WorkFailed("can't read " + file + ": " + e, e);
        }
    }

    private interface Body<T> {
        T read(DataInputStream in) throws IOException;
    }
}
