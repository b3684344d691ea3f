package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFilesTest {
    @TempDir private Path folder;
    private Path images;
    private Path labels;

    @BeforeEach
    void writeTwoImages() throws IOException {
        images = Files.write(folder.resolve("images"), images(2, 1, 2, 10, 20, 30, 255));
        labels = Files.write(folder.resolve("labels"), labels(2, 0, 1));
    }

    private static byte[] images(int count, int height, int width, int... pixels)
            throws IOException {
        return bytes(new int[] {0x803, count, height, width}, pixels);
    }

    private static byte[] labels(int count, int... values) throws IOException {
        return bytes(new int[] {0x801, count}, values);
    }

    private static byte[] bytes(int[] header, int[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int word : header) {
            out.writeInt(word);
        }
        for (int value : content) {
            out.writeByte(value);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private void fails(String message) {
        assertThatThrownBy(() -> IdxFiles.read(images, labels, 2))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsPlainFiles() {
        LabelledPixels read = IdxFiles.read(images, labels, 2);
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.image(1)).isEqualTo(new PixelImage(1, 1, 2, new byte[] {30, -1}));
        assertThat(read.labels()).containsExactly(0, 1);
    }

    @Test
    void readsGzippedFilesWhateverTheirName() throws IOException {
        Files.write(images, gzip(images(2, 1, 2, 10, 20, 30, 255)));
        assertThat(IdxFiles.read(images, labels, 2).image(0).at(0, 0, 1)).isEqualTo(20);
    }

    @Test
    void namesAWrongMagicNumber() throws IOException {
        Files.write(images, labels(2, 0, 1));
        fails(
                images
                        + " is not an IDX file of images: it starts with 0x00000801, 0x00000803"
                        + " would be right");
    }

    @Test
    void namesWhereAFileIsCutOff() throws IOException {
        Files.write(images, images(2, 1, 2, 10, 20, 30));
        fails(images + " is cut off: its header says 2 images, but it ends after 1");
        Files.write(images, Arrays.copyOf(images(2, 1, 2), 9));
        fails(images + " is cut off: it ends too early");
    }

    @Test
    void namesABrokenGzip() throws IOException {
        byte[] whole = gzip(images(2, 1, 2, 10, 20, 30, 255));
        Files.write(images, Arrays.copyOf(whole, whole.length - 12));
        fails("is cut off");
        Files.write(images, new byte[] {0x1F, (byte) 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
        fails("is a broken gzip file");
    }

    @Test
    void refusesAFileThatGoesOn() throws IOException {
        Files.write(labels, labels(2, 0, 1, 1));
        fails(labels + " goes on after the 2 labels its header says");
    }

    @Test
    void refusesFilesThatDifferInNumber() throws IOException {
        Files.write(labels, labels(1, 0));
        fails(images + " has 2 images, but " + labels + " has 1 labels");
    }

    @Test
    void refusesALabelBeyondTheClasses() throws IOException {
        Files.write(labels, labels(2, 0, 2));
        fails(labels + ": label 2 at place 1; with 2 classes 0 to 1 are right");
    }

    @Test
    void refusesSizesThatNoArrayHolds() throws IOException {
        Files.write(images, images(2, 50_000, 50_000));
        fails("more than an array holds");
        Files.write(images, images(2, -1, 2));
        fails("its header says -1 rows");
    }

    @Test
    void namesAMissingFile() throws IOException {
        Files.delete(images);
        fails("can't read " + images);
    }
}
