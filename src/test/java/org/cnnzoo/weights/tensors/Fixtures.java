package org.cnnzoo.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files that scripts/fixtures/tensors.py wrote with PyTorch and NumPy, and what is in them. */
final class Fixtures {
    static final Path FOLDER = Path.of("src/test/resources/tensors");

    private static final Map<String, Map<String, Expected>> EXPECTED = expected();

    private Fixtures() {}

    /** What Python says of one tensor; floats as the whole numbers with the same bits. */
    record Expected(List<Long> shape, String dtype, List<Integer> bits) {}

    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    static Map<String, Expected> expected(String file) {
        return EXPECTED.get(file);
    }

    private static Map<String, Map<String, Expected>> expected() {
        try {
            return new ObjectMapper()
                    .readValue(file("expected.json").toFile(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static void assertSame(Tensor tensor, Expected right) {
        assertThat(tensor.shape()).as(tensor.name()).isEqualTo(right.shape());
        assertThat(tensor.dtype()).as(tensor.name()).isEqualTo(right.dtype());
        assertThat(bits(tensor.values())).as(tensor.name()).isEqualTo(right.bits());
    }

    private static List<Integer> bits(float[] values) {
        List<Integer> bits = new ArrayList<>();
        for (float value : values) {
            bits.add(Float.floatToRawIntBits(value));
        }
        return bits;
    }

    /** An array in memory with the values that Python says. */
    static Tensor tensor(String name, Expected right) {
        float[] values = new float[right.bits().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(right.bits().get(i));
        }
        return Tensor.of(name, right.shape(), values);
    }

    /** A zip file as torch.save makes it, of entries that are not compressed. */
    static Path archive(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                CRC32 checksum = new CRC32();
                checksum.update(content.getValue());
                entry.setCrc(checksum.getValue());
                entry.setSize(content.getValue().length);
                zip.putNextEntry(entry);
                zip.write(content.getValue());
            }
        }
        return file;
    }

    /** A pickle in one byte per character. */
    static Path pickle(Path file, String pickle) throws IOException {
        return archive(
                file, Map.of("archive/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
