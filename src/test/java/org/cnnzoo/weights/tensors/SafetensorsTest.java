package org.cnnzoo.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir private Path folder;

    private Path write(long length, byte[] header, int values) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + header.length + values).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(header);
        return Files.write(folder.resolve("x.safetensors"), bytes.array());
    }

    private Path write(String header, int values) throws IOException {
        byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return write(text.length, text, values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"types.safetensors", "floats.safetensors"})
    void namesShapesAndBitsAreWhatPythonSays(String name) {
        Map<String, Fixtures.Expected> right = Fixtures.expected(name);
        try (TensorFile file = TensorFile.open(Fixtures.file(name))) {
            assertThat(file.format()).isEqualTo("safetensors");
            assertThat(file.names()).isEqualTo(new ArrayList<>(right.keySet()));
            right.forEach((tensor, expected) -> Fixtures.assertSame(file.tensor(tensor), expected));
        }
    }

    @Test
    void aFileWithoutTensorsIsRead() throws IOException {
        try (TensorFile file = TensorFile.open(write("{}", 0))) {
            assertThat(file.names()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 7 | tensor 'w' at bytes 0"
                        + " to 8 of 7; is it a whole copy?",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 9 | 1 bytes behind the"
                        + " last tensor",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | 12 | tensor 'w' begins"
                        + " at byte 4, behind a gap; 0 would be right",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | 8 | tensor 'w' at bytes 8"
                        + " to 0 of 8; is it a whole copy?",
                "{'v':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}"
                    + " | 12 | tensor 'w' begins at byte 4, inside another; 8 would be right",
                "{'v':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}"
                    + " | 8 | tensor 'w' begins at byte 0, inside another; 8 would be right",
                "{'w':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | 8 | tensor 'w': [3] of"
                        + " F32 are 12 bytes, its data_offsets span 8",
                "{'w':{'dtype':'F16','shape':[2],'data_offsets':[0,8]}} | 8 | tensor 'w': [2] of"
                        + " F16 are 4 bytes, its data_offsets span 8",
                "{'w':{'dtype':'F32','shape':[4294967296,4294967297],'data_offsets':[0,8]}} | 8 |"
                        + " tensor 'w' has a shape of [4294967296, 4294967297] overflows",
                "{'w':{'dtype':'U8','shape':[65536,65536],'data_offsets':[0,8]}} | 8 | tensor 'w'"
                        + " has a shape of [65536, 65536], more than an array holds",
                "{'w':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | 8 | tensor 'w': shape is"
                        + " not a list of whole numbers from 0 up",
                "{'w':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | 8 | tensor 'w': shape"
                        + " is not a list of whole numbers from 0 up",
                "{'w':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | 8 | tensor 'w': shape is"
                        + " not a list",
                "{'w':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}} | 8 | tensor 'w': shape"
                        + " is not a list of whole numbers from 0 up",
                "{'w':{'dtype':7,'shape':[2],'data_offsets':[0,8]}} | 8 | tensor 'w': dtype is not"
                        + " a string",
                "{'w':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}} | 8 | tensor 'w' is of"
                    + " 'F8_E4M3'; F32, F64, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL"
                    + " can be read",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | 8 | tensor 'w' needs dtype,"
                        + " shape and two data_offsets",
                "{'w':{'dtype':'F32','data_offsets':[0,8]}} | 8 | tensor 'w' needs dtype, shape and"
                        + " two data_offsets",
                "{'w':{'dtype':'F32','shape':[2],'offsets':[0,8]}} | 8 | tensor 'w' has 'offsets';"
                        + " dtype, shape and data_offsets are right",
                "{'w':[0,8]} | 8 | tensor 'w' is not a JSON object",
                "{'__metadata__':[]} | 0 | __metadata__ is not a JSON object",
                "{} {} | 0 | its header has something behind the closing brace",
                "{'w' | 0 | its header is no JSON: ",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}"
                    + " | 8 | its header is no JSON: Duplicate field 'w'",
                "{'w':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | 8 |"
                        + " its header is no JSON: ",
            })
    void whatTheHeaderSaysWrongIsNamed(String header, int values, String message)
            throws IOException {
        Path file = write(header, values);

        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessageStartingWith(file + ": " + message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aHeaderLongerThanTheFileOrTheLimitIsNotReadIn() throws IOException {
        assertThatThrownBy(
                        () ->
                                TensorFile.open(
                                        write(
                                                99_000_000,
                                                "{}".getBytes(StandardCharsets.UTF_8),
                                                0)))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("a header of 99000000 bytes, but 2 follow");
        assertThatThrownBy(
                        () ->
                                TensorFile.open(
                                        write(
                                                100_000_001,
                                                "{}".getBytes(StandardCharsets.UTF_8),
                                                0)))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("a header of 100000001 bytes; at most 100000000 are right");
    }

    @Test
    void nestingThatWouldFillTheStackIsDamage() throws IOException {
        Path file = write("{'__metadata__':" + "[".repeat(100_000), 0);

        assertThatThrownBy(() -> TensorFile.open(file)).isInstanceOf(WorkFailed.class);
    }

    @Test
    void aNameThatMovesTheCursorIsPrintedWithoutThat() throws IOException {
        Path file = write("{'\\u001b[2J\\n':{'dtype':'X','shape':[],'data_offsets':[0,0]}}", 0);

        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("tensor '?[2J?' is of 'X'");
    }

    @Test
    void writtenFilesHaveTheBytesThatPythonWrote() throws IOException {
        List<Tensor> tensors =
                Fixtures.expected("floats.safetensors").entrySet().stream()
                        .map(e -> Fixtures.tensor(e.getKey(), e.getValue()))
                        .toList();
        Path file = folder.resolve("y.safetensors");

        SafetensorsWriter.write(file, tensors);

        assertThat(Files.readAllBytes(file))
                .isEqualTo(Files.readAllBytes(Fixtures.file("floats.safetensors")));
    }

    @Test
    void aSourceThatCannotBeReadLeavesNothingWritten() throws IOException {
        Path file = folder.resolve("y.safetensors");
        Tensor broken =
                new Tensor(
                        "w",
                        List.of(2L),
                        "F32",
                        () -> {
                            throw new WorkFailed("in.pth: ends too early");
                        });

        assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(broken)))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("in.pth: ends too early");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
