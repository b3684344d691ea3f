package org.cnnzoo.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFiles;

/**
 * What a run folder says of a run, finished or not.
 *
 * @param name the run's
 * @param records of the epochs that are done
 * @param result {@code result.json}; a missing node while the run isn't done
 * @param config its configuration, empty if there is none
 */
public record RunFacts(
        String name, List<EpochRecord> records, JsonNode result, ConfigTable config) {
    public RunFacts {
        records = List.copyOf(records);
    }

    /**
     * Reads a run folder.
     *
     * @throws WorkFailed if one of its files can't be read
     */
    public static RunFacts read(RunFiles files) {
        try {
            return new RunFacts(
                    files.name(),
                    Files.exists(files.metrics()) ? MetricsFile.read(files.metrics()) : List.of(),
                    Files.exists(files.result())
                            ? new ObjectMapper().readTree(files.result().toFile())
                            : MissingNode.getInstance(),
                    ConfigTable.of(
                            Files.exists(files.config()) ? Files.readString(files.config()) : ""));
        } catch (IOException e) {
            throw new WorkFailed("could not read the run in " + shown(files) + ": " + e, e);
        }
    }

    private static Path shown(RunFiles files) {
        return files.folder();
    }

    /** Whether the training came to its end. */
    public boolean done() {
        return result.isObject();
    }

    /** A figure of the result, such as {@code test_top1}. */
    OptionalDouble figure(String key) {
        JsonNode node = result.get(key);
        return node != null && node.isNumber()
                ? OptionalDouble.of(node.asDouble())
                : OptionalDouble.empty();
    }

    /** A word of the result, such as {@code model}. */
    Optional<String> word(String key) {
        return Optional.ofNullable(result.get(key)).map(JsonNode::asText);
    }

    /** The epoch with the best validation top-1; of equal ones the first. */
    Optional<EpochRecord> best() {
        return records.stream().reduce((a, b) -> b.valTop1() > a.valTop1() ? b : a);
    }

    /** The network's name. */
    String model() {
        return word("model").or(() -> config.find("model")).orElse("");
    }

    /** The data set's name. */
    String data() {
        return word("dataset").or(() -> config.find("data")).orElse("");
    }

    /** Of all epochs, validation included. */
    double seconds() {
        return records.stream().mapToDouble(EpochRecord::seconds).sum();
    }

    /** Images a second of training, mean over the epochs' time. */
    double speed() {
        double perImage =
                records.stream().mapToDouble(r -> 1 / r.imagesPerSecond()).average().orElse(0);
        return 1 / perImage;
    }
}
