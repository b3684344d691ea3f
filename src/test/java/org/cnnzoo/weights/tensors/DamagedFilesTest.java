package org.cnnzoo.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a file, it is read or refused in words; nothing else is ever thrown. */
class DamagedFilesTest {
    private static final long SEED = 20261124;
    private static final int TRIALS = 250;

    @TempDir private Path folder;

    static Stream<String> files() {
        return Stream.of(
                "types.pth",
                "views.pth",
                "under_model.pth",
                "protocol4.pth",
                "big_endian.pth",
                "whole_model.pth",
                "types.safetensors",
                "floats.safetensors",
                "f4.npy",
                "f8_fortran.npy",
                "version2.npy");
    }

    /** Reads everything; whether that was possible. */
    private boolean isRead(byte[] content, String what) throws IOException {
        Path file = Files.write(folder.resolve("x"), content);
        try {
            if (what.contains(".npy")) {
                NpyFile.read(file).values();
                return true;
            }
            try (TensorFile open = TensorFile.open(file)) {
                open.tensors().forEach(Tensor::values);
                return true;
            }
        } catch (BadInput | WorkFailed e) {
            assertThat(e.getMessage())
                    .as(what)
                    .contains(file + "")
                    .doesNotContain("null: ")
                    .doesNotEndWith("null");
            assertThat(e.getMessage().lines().count()).as(e.getMessage()).isLessThanOrEqualTo(3);
            return false;
        } catch (RuntimeException | Error e) {
            return fail(what + ": " + e, e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aTruncatedFileIsRefusedWhereverItEnds(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file(name));
        for (int tenth = 0; tenth < 10; tenth++) {
            int length = whole.length * tenth / 10;
            assertThat(isRead(Arrays.copyOf(whole, length), name + " cut to " + length)).isFalse();
        }
        assertThat(isRead(Arrays.copyOf(whole, whole.length - 1), name + " less a byte")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("files")
    void flippedBitsNeverThrowAnythingElse(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file(name));
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] flipped = whole.clone();
            // From one bit to a few, mostly near the start, where headers are
            int flips = 1 + random.nextInt(3);
            for (int i = 0; i < flips; i++) {
                int range = random.nextBoolean() ? whole.length : Math.min(200, whole.length);
                flipped[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
            }
            isRead(flipped, name + " trial " + trial);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void randomBytesNeverThrowAnythingElse(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file(name));
        SplittableRandom random = new SplittableRandom(SEED + 1);
        for (int trial = 0; trial < TRIALS; trial++) {
            byte[] changed = whole.clone();
            int at = random.nextInt(whole.length);
            byte[] piece = new byte[Math.min(1 + random.nextInt(8), whole.length - at)];
            random.nextBytes(piece);
            System.arraycopy(piece, 0, changed, at, piece.length);
            isRead(changed, name + " trial " + trial);
        }
    }
}
