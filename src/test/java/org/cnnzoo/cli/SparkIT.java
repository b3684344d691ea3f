package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.FlatVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line on a standalone Spark cluster of two workers, with few batches. */
class SparkIT {
    private static final Path HOME = Path.of(System.getProperty("cnn.home", ".")).toAbsolutePath();

    @TempDir private Path folder;

    private int port;
    private String master = "";

    @BeforeEach
    void startCluster() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        master = cluster("start").strip();
        assertThat(master).isEqualTo("spark://127.0.0.1:" + port);
        assertThat(cluster("status").lines()).hasSize(3);
    }

    @AfterEach
    void stopCluster() throws Exception {
        cluster("stop");
    }

    private String cluster(String command) throws Exception {
        ProcessBuilder script =
                new ProcessBuilder(HOME.resolve("scripts/spark-local-cluster").toString(), command);
        script.environment().put("CNN_SPARK_PORT", Integer.toString(port));
        Process process = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return out;
    }

    /** As a machine that falls over: its executor goes with it. */
    private void killWorker(int number) throws Exception {
        Path pid = HOME.resolve("target/spark/cluster-%d/worker%d.pid".formatted(port, number));
        String process = Files.readString(pid).strip();
        assertThat(new ProcessBuilder("kill", "-KILL", process).start().waitFor()).isZero();
    }

    private static CnnProcess done(CnnProcess process) throws Exception {
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        return process;
    }

    private String[] train(String run, int batches, String... more) {
        return Stream.concat(
                        Stream.of("train", "--model", "lenet5", "--epochs", "1", "--seed", "3"),
                        Stream.concat(
                                Stream.of(
                                        "--limit-train-batches",
                                        Integer.toString(batches),
                                        "--limit-val-batches",
                                        "2",
                                        "--save-every",
                                        "5",
                                        "--output-dir",
                                        run),
                                Stream.of(more)))
                .toArray(String[]::new);
    }

    private float[] values(String run) {
        Path last = folder.resolve(run).resolve("checkpoints/last.zip");
        return FlatVector.copy(CheckpointFile.read(last).values());
    }

    private boolean isAt(Path run, long iteration) {
        Path last = run.resolve("checkpoints/last.zip");
        return Files.exists(last)
                && CheckpointFile.readHeader(last).progress().iteration() >= iteration;
    }

    private static void await(CnnProcess process, BooleanSupplier moment) throws Exception {
        while (process.process().isAlive() && !moment.getAsBoolean()) {
            Thread.sleep(10);
        }
        assertThat(process.process().isAlive()).as(process.stderr()).isTrue();
    }

    @Test
    void oneStepOfSummedGradientsGivesTheParametersOfOneProcess() throws Exception {
        done(CnnProcess.startWithSpark(folder, train("spark", 1, "--master", master)));
        done(CnnProcess.start(folder, train("one", 1, "--threads", "1")));
        float[] spark = values("spark");
        float[] one = values("one");
        double greatest = 0;
        for (int i = 0; i < one.length; i++) {
            greatest = Math.max(greatest, Math.abs(spark[i] - one[i]));
        }
        System.out.printf("greatest difference to one process: %.3g%n", greatest);
        assertThat(greatest).isLessThan(1e-6); // the order of sums
        assertThat(Files.readString(folder.resolve("spark/config.yaml"), UTF_8))
                .contains("parts: 2 ", "master: ", "batch-size: 64");
    }

    /** With the bits of one process that adds up the gradients of the same parts. */
    @Test
    void aWorkerKilledInAnEpochCostsNothingButTime() throws Exception {
        done(
                CnnProcess.start(
                        folder,
                        train("one", 60, "-b", "32", "--grad-accum-steps", "2", "--threads", "1")));
        CnnProcess process =
                CnnProcess.startWithSpark(
                        folder, train("spark", 30, "--master", master, "--format", "json"));
        await(process, () -> isAt(folder.resolve("spark"), 10));
        killWorker(1);
        done(process);
        assertThat(process.stderr()).contains("is lost").doesNotContain("Exception");
        assertThat(new ObjectMapper().readTree(process.stdout()).at("/epoch").asInt()).isEqualTo(1);
        assertThat(values("spark")).isEqualTo(values("one"));
    }

    private JsonNode swept(CnnProcess process) throws Exception {
        return new ObjectMapper().readTree(done(process).stdout());
    }

    private static List<String> rows(JsonNode printed) {
        List<String> rows = new ArrayList<>();
        for (JsonNode trial : printed.at("/trials")) {
            rows.add(
                    "%s %s %s %s %s"
                            .formatted(
                                    trial.at("/id"),
                                    trial.at("/parameters"),
                                    trial.at("/status"),
                                    trial.at("/metrics/val_top1"),
                                    trial.at("/metrics/val_loss")));
        }
        return rows;
    }

    private void writeSweep() throws IOException {
        Files.writeString(
                folder.resolve("s.yaml"),
                """
                base:
                  model: lenet5
                  recipe: quick
                  epochs: 2
                  limit-train-batches: 30
                  limit-val-batches: 2
                  save-every: 5
                  threads: 1
                space:
                  train.opt: [sgd, adam]
                  train.lr: {log-uniform: [1e-3, 0.1]}
                strategy: random
                budget: {trials: 4}
                """);
    }

    @Test
    void aSweepComesToTheSameEvenIfAWorkerIsKilled() throws Exception {
        writeSweep();
        String[] args = {"sweep", "s.yaml", "--format", "json", "--output-dir"};
        JsonNode plain = swept(CnnProcess.start(folder, with(args, "plain")));
        JsonNode spark =
                swept(CnnProcess.startWithSpark(folder, with(args, "spark", "--master", master)));
        assertThat(rows(spark)).hasSize(4).isEqualTo(rows(plain));
        assertThat(spark.at("/best/id")).isEqualTo(plain.at("/best/id"));

        CnnProcess process =
                CnnProcess.startWithSpark(folder, with(args, "killed", "--master", master));
        Path trials = folder.resolve("killed/trials");
        await(process, () -> isAt(trials.resolve("0001"), 10) && isAt(trials.resolve("0002"), 10));
        killWorker(2);
        JsonNode killed = swept(process);
        assertThat(process.stderr()).contains("is lost");
        assertThat(rows(killed)).isEqualTo(rows(plain));
    }

    private static String[] with(String[] args, String... more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }
}
