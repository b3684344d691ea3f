package org.cnnzoo.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checkpoints as zip files that Deeplearning4j's {@code ModelSerializer.restoreComputationGraph}
 * reads too.
 *
 * <p>Entries, in this order: {@code cnn/checkpoint.json} ({@link Provenance}, {@link Progress}, the
 * format's version); {@code configuration.json} and {@code coefficients.bin}, which are
 * Deeplearning4j's; {@code cnn/trained.bin} where a moving average is kept; {@code
 * cnn/optimizer/NAME.bin} for each of the optimiser's vectors. Ours are bare big-endian floats.
 * Nothing is compressed, since weights hardly can be, and time stamps are fixed: equal states are
 * equal bytes.
 */
public final class CheckpointFile {
    /** Raised when older programs could no longer read a checkpoint rightly. */
    private static final int FORMAT = 2; // 1 had no base

    private static final LocalDateTime STAMP = LocalDateTime.of(1980, 2, 1, 0, 0);
    private static final String HEADER = "cnn/checkpoint.json";
    private static final String CONFIGURATION = "configuration.json";
    private static final String VALUES = "coefficients.bin";
    private static final String TRAINED = "cnn/trained.bin";
    private static final String OPTIMIZER = "cnn/optimizer/";
    private static final String VECTOR = ".bin";

    private CheckpointFile() {}

    /** The first entry's content. */
    private record Sheet(
            int format,
            Provenance provenance,
            Progress progress,
            long parameters,
            boolean averaged,
            List<String> optimizer) {}

    /**
     * Writes a checkpoint, see {@link AtomicFile}.
     *
     * @throws WorkFailed if it can't be written; the one that was there is still there
     */
    public static void write(Path file, Checkpoint checkpoint) {
        AtomicFile.write(file, out -> write(out, checkpoint));
    }

    private static void write(OutputStream out, Checkpoint checkpoint) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.NO_COMPRESSION);
        DataOutputStream data = new DataOutputStream(zip);
        Sheet sheet =
                new Sheet(
                        FORMAT,
                        checkpoint.provenance(),
                        checkpoint.progress(),
                        checkpoint.values().length(),
                        checkpoint.trained().isPresent(),
                        new ArrayList<>(checkpoint.optimizer().keySet()));
        entry(zip, HEADER);
        data.write(Json.pretty(sheet).getBytes(StandardCharsets.UTF_8));
        entry(zip, CONFIGURATION);
        data.write(checkpoint.configuration().getBytes(StandardCharsets.UTF_8));
        entry(zip, VALUES);
        FloatStream.writeArray(checkpoint.values(), data);
        if (checkpoint.trained().isPresent()) {
            entry(zip, TRAINED);
            FloatStream.writeFloats(checkpoint.trained().get(), data);
        }
        for (Map.Entry<String, INDArray> vector : checkpoint.optimizer().entrySet()) {
            entry(zip, OPTIMIZER + vector.getKey() + VECTOR);
            FloatStream.writeFloats(vector.getValue(), data);
        }
        data.flush();
        zip.finish();
    }

    private static void entry(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // In local time: setTime would make the bytes depend on the machine's time zone
        entry.setTimeLocal(STAMP);
        zip.putNextEntry(entry);
    }

    /**
     * Reads a checkpoint whole, and checks it against its check sums.
     *
     * @throws BadInput if there is no such file
     * @throws WorkFailed if it is no checkpoint, truncated or damaged
     */
    public static Checkpoint read(Path file) {
        return open(
                file,
                zip -> {
                    Sheet sheet = sheet(file, zip);
                    String configuration = text(zip, CONFIGURATION);
                    long length = sheet.parameters();
                    INDArray values = vector(zip, VALUES, in -> FloatStream.readArray(in, length));
                    Optional<INDArray> trained =
                            sheet.averaged()
                                    ? Optional.of(bare(zip, TRAINED, length))
                                    : Optional.empty();
                    SortedMap<String, INDArray> optimizer = new TreeMap<>();
                    for (String name : sheet.optimizer()) {
                        optimizer.put(name, bare(zip, OPTIMIZER + name + VECTOR, length));
                    }
                    return new Checkpoint(
                            sheet.provenance(),
                            sheet.progress(),
                            configuration,
                            values,
                            trained,
                            optimizer);
                });
    }

    /**
     * Reads what a checkpoint says, without its vectors.
     *
     * @throws BadInput if there is no such file
     * @throws WorkFailed if it is no checkpoint
     */
    public static Checkpoint.Header readHeader(Path file) {
        return open(
                file,
                zip -> {
                    Sheet sheet = sheet(file, zip);
                    return new Checkpoint.Header(
                            sheet.provenance(), sheet.progress(), sheet.parameters());
                });
    }

    @FunctionalInterface
    private interface Reading<S, T> {
        T from(S source) throws IOException;
    }

    private static <T> T open(Path file, Reading<ZipFile, T> reading) {
        if (Files.isDirectory(file)) {
            throw new BadInput(
                    "%s is a folder; a checkpoint in it was expected, such as %s"
                            .formatted(file, new RunFiles(file).best()));
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInput("no checkpoint at " + file);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return reading.from(zip);
        } catch (ZipException | EOFException e) {
            throw damaged(file, "it is truncated, or no zip file", e);
        } catch (JsonProcessingException e) {
            throw damaged(file, HEADER + " can't be understood", e);
        } catch (IOException e) {
            throw damaged(file, AtomicFile.reason(e), e);
        }
    }

    private static WorkFailed damaged(Path file, String reason, IOException e) {
        return new WorkFailed("%s can't be read as a checkpoint: %s".formatted(file, reason), e);
    }

    private static Sheet sheet(Path file, ZipFile zip) throws IOException {
        if (zip.getEntry(HEADER) == null) {
            throw new WorkFailed(
                    "%s is not a checkpoint of cnn: it has no %s".formatted(file, HEADER));
        }
        String json = text(zip, HEADER);
        int format = Json.read(json, Version.class).format();
        if (format > FORMAT) {
            throw new WorkFailed(
                    "%s was written by a newer cnn (format %d; this one reads up to %d)"
                            .formatted(file, format, FORMAT));
        }
        return Json.read(json, Sheet.class, CheckpointFile::complete);
    }

    /** With what came after the first checkpoints. */
    private static void complete(ObjectNode sheet) {
        if (sheet.get("provenance") instanceof ObjectNode provenance) {
            provenance.putIfAbsent("base", TextNode.valueOf(""));
            if (provenance.get("preprocessing") instanceof ObjectNode preprocessing) {
                preprocessing.putIfAbsent("crop_fraction", DoubleNode.valueOf(1));
            }
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Version(int format) {}

    private static String text(ZipFile zip, String name) throws IOException {
        return checked(zip, name, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    private static INDArray bare(ZipFile zip, String name, long length) throws IOException {
        return vector(zip, name, in -> FloatStream.readFloats(in, length));
    }

    private static INDArray vector(
            ZipFile zip, String name, Reading<DataInputStream, INDArray> reading)
            throws IOException {
        return checked(zip, name, in -> reading.from(new DataInputStream(in)));
    }

    /** Reads an entry to its end; {@link ZipFile} alone would not look at the check sum. */
    private static <T> T checked(ZipFile zip, String name, Reading<InputStream, T> reading)
            throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        try (CheckedInputStream in =
                new CheckedInputStream(
                        new BufferedInputStream(zip.getInputStream(entry), 1 << 16), new CRC32())) {
            T content = reading.from(in);
            if (in.read() >= 0) {
                throw new IOException(name + " is longer than it should be");
            }
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw new IOException(name + " doesn't match its check sum");
            }
            return content;
        }
    }
}
