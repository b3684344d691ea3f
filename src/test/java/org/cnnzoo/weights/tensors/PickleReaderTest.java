package org.cnnzoo.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.weights.tensors.PickleValue.None;
import org.cnnzoo.weights.tensors.PickleValue.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles written by hand, instruction by instruction; a character is a byte. */
class PickleReaderTest {
    private static final String STORAGE =
            "X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK%ctQ";

    @TempDir private Path folder;

    private static Object read(String pickle) throws DamagedFile {
        return PickleReader.read(Path.of("x.pth"), pickle.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A file with a tensor {@code w} over a storage of six floats. */
    private Path tensor(int stored, String offsetShapeStrides) throws IOException {
        String pickle =
                "\u0080\2}X\1\0\0\0wctorch._utils\n_rebuild_tensor_v2\n(("
                        + STORAGE.formatted((char) stored)
                        + offsetShapeStrides
                        + "\u0089}tRs.";
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
        entries.put("a/data/0", new byte[24]);
        return Fixtures.archive(folder.resolve("x.pth"), entries);
    }

    @Test
    void numbersAreReadAsPythonWritesThem() throws DamagedFile {
        // pickle.dumps((255, 65535, -1, 2**70, -2**70, -3, 1.5, None, True, 0), 2), without BINPUT
        assertThat(
                        read(
                                "\u0080\2(K\u00ffM\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ff"
                                        + "\u008a\t\0\0\0\0\0\0\0\0@"
                                        + "\u008a\t\0\0\0\0\0\0\0\0\u00c0"
                                        + "\u008a\1\u00fdG?\u00f8\0\0\0\0\0\0N\u0088\u008a\0t."))
                .isEqualTo(
                        new Tuple(
                                List.of(
                                        255L,
                                        65535L,
                                        -1L,
                                        BigInteger.TWO.pow(70),
                                        BigInteger.TWO.pow(70).negate(),
                                        -3L,
                                        1.5,
                                        None.NONE,
                                        true,
                                        0L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\n(S'touch PWNED'\ntR.",
                "cjava.lang\nRuntime\n.",
                "ccollections\nOrderedDict2\n.",
                "ctorch\nload\n(tR.",
                "ctorch._utils\n_rebuild_tensor_v3\n.",
                "(ios\nsystem\n.",
                "\u008c\2os\u008c\6system\u0093.",
                "c\nsystem\n.",
            })
    void anyOtherNameEndsTheReading(String pickle) {
        assertThatThrownBy(() -> read("\u0080\2" + pickle))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("only tensors are read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ccollections\nOrderedDict\n)\u0081.", // NEWOBJ
                "(ccollections\nOrderedDict\no.", // OBJ
                "\u0082\1.", // EXT1
                "P1\n.", // PERSID
                "ccollections\nOrderedDict\n]R.",
                "ccollections\nOrderedDict\n(K\1tR.",
                "ccollections\nCounter\n)R.",
                "ctorch\nFloatStorage\n)R.",
                "ctorch._utils\n_rebuild_tensor_v2\n)R.",
                "ctorch._utils\n_rebuild_parameter\n(K\1tR.",
                "K\1)R.",
                "K\1}b.",
                "(K\1tQ.",
                "(X\7\0\0\0storageccollections\nCounter\nX\1\0\0\0" + "0NK\1tQ.",
                "]K\1a}]K\2s.", // a list as key
                "}(K\1u.",
                "K\1K\2a.",
                "t.",
                "0.",
                ".",
                "(.",
                "(\u0085.",
                "K\1(K\2\u0086.",
                "h\0.",
                "(q\0.",
                "X\u00ff\u00ff\u00ff\u007f.",
                "X\u00ff\u00ff\u00ff\u00ff.",
                "\u008a\u00ff.",
                "N",
            })
    void whatIsNoTensorsPickleIsDamaged(String pickle) {
        assertThatThrownBy(() -> read("\u0080\2" + pickle)).isInstanceOf(DamagedFile.class);
    }

    @Test
    void aDictInItselfIsReadAndLeftOut() throws IOException {
        Path file = Fixtures.pickle(folder.resolve("x.pth"), "\u0080\2}q\0(K\1h\0X\1\0\0\0ah\0u.");

        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("its entries are: '1', 'a'");
    }

    @Test
    void aPickleThatOnlyFillsTheMemoryIsStopped() {
        assertThatThrownBy(() -> read("]".repeat(3_000_000)))
                .isInstanceOf(DamagedFile.class)
                .hasMessageContaining("more than 2000000 instructions");
    }

    @Test
    void theHandMadeTensorIsReadWhereItIsRight() throws IOException {
        try (TensorFile file = TensorFile.open(tensor(6, "K\1K\2K\2\u0086K\3K\1\u0086"))) {
            assertThat(file.values("w")).containsExactly(0, 0, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "K\2K\2K\2\u0086K\3K\2\u0086", // the last value is one behind the storage
                "K\7))",
                "J\u00ff\u00ff\u00ff\u00ffK\1\u0085K\1\u0085",
                "K\3K\2\u0085J\u00ff\u00ff\u00ff\u00ff\u0085",
                "K\0J\u00ff\u00ff\u00ff\u00ff\u0085K\1\u0085",
                "K\0K\2\u0085K\1K\1\u0086",
                "K\0J\0\0\0\u007f\u0085K\0\u0085", // two thousand million times the same value
                "K\0K\2\u0085\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085",
                "K\0J\0\0\0\u007fJ\0\0\0\u007fJ\0\0\0\u007f\u0087K\1K\1K\1\u0087",
                "\u008a\u0009\0\0\0\0\0\0\0\0\1K\1\u0085K\1\u0085",
            })
    void windowsThatReachOutsideOfTheirStorageAreDamage(String offsetShapeStrides)
            throws IOException {
        Path file = tensor(6, offsetShapeStrides);

        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessageStartingWith(file + ": ")
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7, 255})
    void aStorageOfAnotherSizeIsDamage(int count) throws IOException {
        Path file = tensor(count, "K\0K\1\u0085K\1\u0085");

        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(
                        "%s: tensor 'w': %d values of F32 are not the 24 bytes of its storage",
                        file, count);
    }
}
