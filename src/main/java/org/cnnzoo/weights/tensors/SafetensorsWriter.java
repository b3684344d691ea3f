package org.cnnzoo.weights.tensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** Writes safetensors files of floats. */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * Writes the tensors in the given order as F32; one at a time is in memory.
     *
     * @throws org.cnnzoo.errors.WorkFailed if the disk is full or the folder can't be written
     * @throws IllegalArgumentException if two tensors have one name
     */
    public static void write(Path file, List<Tensor> tensors) {
        byte[] header = header(tensors);
        TensorOutput.write(
                file,
                tensors,
                out -> {
                    out.write(
                            ByteBuffer.allocate(Long.BYTES)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .putLong(header.length)
                                    .array());
                    out.write(header);
                    for (Tensor tensor : tensors) {
                        TensorOutput.floats(tensor.values(), out);
                    }
                });
    }

    private static byte[] header(List<Tensor> tensors) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(header)) {
            json.writeStartObject();
            json.writeObjectFieldStart("__metadata__");
            // What safetensors' own loader for PyTorch wants to see
            json.writeStringField("format", "pt");
            json.writeEndObject();
            long at = 0;
            for (Tensor tensor : tensors) {
                long end = at + Float.BYTES * tensor.count();
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", Dtype.F32.name());
                numbers(json, "shape", tensor.shape());
                numbers(json, "data_offsets", List.of(at, end));
                json.writeEndObject();
                at = end;
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        while (header.size() % ALIGNMENT != 0) {
            header.write(' ');
        }
        return header.toByteArray();
    }

    private static void numbers(JsonGenerator json, String name, List<Long> numbers)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (long number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }
}
