package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFilesTest {
    @TempDir private Path folder;

    private Path file(String name, int... labelBytes) throws IOException {
        byte[] record = new byte[labelBytes.length + 3072];
        for (int i = 0; i < labelBytes.length; i++) {
            record[i] = (byte) labelBytes[i];
        }
        record[labelBytes.length] = (byte) 200; // red, upper left
        record[labelBytes.length + 1024 + 33] = 7; // green, row 1, column 1
        return Files.write(folder.resolve(name), record);
    }

    @Test
    void readsFilesOneAfterTheOther() throws IOException {
        LabelledPixels read = CifarFiles.read(List.of(file("a.bin", 3), file("b.bin", 9)), 1, 10);
        assertThat(read.labels()).containsExactly(3, 9);
        assertThat(read.image(1).at(0, 0, 0)).isEqualTo(200);
        assertThat(read.image(1).at(1, 1, 1)).isEqualTo(7);
    }

    @Test
    void takesTheFineLabelOfCifar100() throws IOException {
        assertThat(CifarFiles.read(List.of(file("train.bin", 11, 49)), 2, 100).labels())
                .containsExactly(49);
    }

    @Test
    void refusesAPartOfARecord() throws IOException {
        Path file = Files.write(folder.resolve("a.bin"), new byte[5000]);
        assertThatThrownBy(() -> CifarFiles.read(List.of(file), 1, 10))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(
                        file
                                + " is not a whole CIFAR file: 5000 bytes, a multiple of 3073 would"
                                + " be right");
    }

    @Test
    void refusesALabelBeyondTheClasses() throws IOException {
        Path file = file("a.bin", 10);
        assertThatThrownBy(() -> CifarFiles.read(List.of(file), 1, 10))
                .hasMessage(file + ": label 10 in record 0; with 10 classes 0 to 9 are right");
    }
}
