package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.MetricsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line on real data, with few batches. */
class TrainIT {
    private static final List<String> SHORT =
            List.of(
                    "train",
                    "--model",
                    "lenet5",
                    "--epochs",
                    "2",
                    "--limit-train-batches",
                    "60",
                    "--limit-val-batches",
                    "2",
                    "--save-every",
                    "5",
                    "--seed",
                    "3");

    @TempDir private Path folder;

    private CnnProcess start(String run, String... more) throws IOException {
        String[] args =
                Stream.of(SHORT.stream(), Stream.of("--output-dir", run), Stream.of(more))
                        .flatMap(s -> s)
                        .toArray(String[]::new);
        return CnnProcess.start(folder, args);
    }

    private CnnProcess trained(String run, String... more) throws Exception {
        CnnProcess process = start(run, more);
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        return process;
    }

    private Path file(String run, String name) {
        return folder.resolve(run).resolve(name);
    }

    /** The metrics without what a clock measured. */
    private List<EpochRecord> metrics(String run) {
        return MetricsFile.read(file(run, "metrics.jsonl")).stream()
                .map(
                        r ->
                                new EpochRecord(
                                        r.epoch(),
                                        r.iteration(),
                                        r.lr(),
                                        r.trainLoss(),
                                        r.trainTop1(),
                                        r.valLoss(),
                                        r.valTop1(),
                                        r.valTop5(),
                                        0,
                                        0,
                                        0))
                .toList();
    }

    private long iteration(String run) {
        Path last = file(run, "checkpoints/last.zip");
        return Files.exists(last) ? CheckpointFile.readHeader(last).progress().iteration() : 0;
    }

    private void waitForIteration(CnnProcess process, String run, long iteration)
            throws InterruptedException {
        while (process.process().isAlive() && iteration(run) < iteration) {
            Thread.sleep(20);
        }
    }

    @Test
    void jsonIsTheOnlyThingOnStdoutAndIsTheResultsFile() throws Exception {
        CnnProcess process = trained("json", "--format", "json");
        JsonNode printed = new ObjectMapper().readTree(process.stdout());
        assertThat(printed)
                .isEqualTo(new ObjectMapper().readTree(file("json", "result.json").toFile()));
        assertThat(printed.at("/epoch").asInt()).isEqualTo(2);
        assertThat(printed.at("/test_top1").asDouble()).isBetween(0.3, 1.0);
        assertThat(printed.at("/parameters").asLong()).isEqualTo(61706);
        assertThat(process.stderr()).contains("epoch 1/2", "epoch 2/2", "input 1x28x28");
        for (String name :
                List.of(
                        "config.yaml",
                        "metrics.jsonl",
                        "train.log",
                        "curves.png",
                        "checkpoints/best.zip",
                        "checkpoints/last.zip")) {
            assertThat(file("json", name)).exists();
        }
    }

    @Test
    void theSameSeedGivesTheSameMetricsWithAnyNumberOfWorkers() throws Exception {
        trained("one", "-j", "1");
        trained("two", "-j", "2");
        trained("none", "-j", "0");
        assertThat(metrics("two")).isEqualTo(metrics("one"));
        assertThat(metrics("none")).isEqualTo(metrics("one"));
    }

    @Test
    void aRunIsRepeatedFromItsOwnConfiguration() throws Exception {
        trained("first", "--lr", "0.02", "--set", "params.pooling=max");
        CnnProcess again =
                CnnProcess.start(
                        folder, "train", "--recipe", "first/config.yaml", "--output-dir", "again");
        assertThat(again.exitCode()).as(again.stderr()).isZero();
        assertThat(metrics("again")).isEqualTo(metrics("first"));
    }

    @Test
    void interruptedItWritesACheckpointSaysHowToGoOnAndExitsWith130() throws Exception {
        String[] more = {"--limit-train-batches", "0", "--save-every", "0"};
        trained("whole", more);
        CnnProcess process = start("stopped", more);
        while (process.process().isAlive() && iteration("stopped") < 860) {
            Thread.sleep(5); // the first epoch's end
        }
        Thread.sleep(20);
        process.signal("INT");
        assertThat(process.exitCode()).as(process.stderr()).isEqualTo(130);
        assertThat(process.stderr()).contains("cnn train --resume stopped");
        assertThat(process.stdout()).isEmpty();
        // Without the signal nothing is written between an epoch's end and the next
        assertThat(iteration("stopped")).isBetween(860L, 1719L);
        CnnProcess resumed = CnnProcess.start(folder, "train", "--resume", "stopped");
        assertThat(resumed.exitCode()).as(resumed.stderr()).isZero();
        assertThat(metrics("stopped")).isEqualTo(metrics("whole"));
        assertThat(file("stopped", "checkpoints/last.zip"))
                .hasSameBinaryContentAs(file("whole", "checkpoints/last.zip"));
    }

    @Test
    void aRunThatAnotherProcessTrainsIsRefused() throws Exception {
        CnnProcess first = start("busy", "--limit-train-batches", "0", "--epochs", "100");
        waitForIteration(first, "busy", 10);
        CnnProcess second = CnnProcess.start(folder, "train", "--resume", "busy");
        assertThat(second.exitCode()).as(second.stderr()).isEqualTo(2);
        assertThat(second.stderr()).contains("busy is in use by another process");
        first.signal("INT");
        assertThat(first.exitCode()).as(first.stderr()).isEqualTo(130);
    }

    @Test
    void killedAndResumedItEndsWithTheSameBits() throws Exception {
        trained("whole", "--model-ema");
        for (long moment : new long[] {10, 75}) {
            String run = "killed" + moment;
            CnnProcess process = start(run, "--model-ema");
            waitForIteration(process, run, moment);
            process.signal("KILL");
            assertThat(process.exitCode()).isEqualTo(137);
            assertThat(iteration(run)).as("killed in training").isBetween(moment, 119L);
            CnnProcess resumed = CnnProcess.start(folder, "train", "--resume", run);
            assertThat(resumed.exitCode()).as(resumed.stderr()).isZero();
            for (String name : List.of("checkpoints/last.zip", "checkpoints/best.zip")) {
                assertThat(file(run, name)).hasSameBinaryContentAs(file("whole", name));
            }
            assertThat(metrics(run)).isEqualTo(metrics("whole"));
        }
    }

    @Test
    void killedTwentyTimesItEndsWithTheSameBits() throws Exception {
        String flags =
                "train --model lenet5 --epochs 3 --limit-train-batches 300 --limit-val-batches 2"
                        + " --save-every 2 --model-ema --mixup-alpha 0.2 --cutmix-alpha 1"
                        + " --auto-augment ra --random-erase 0.25 --opt adamw --grad-accum-steps 2"
                        + " --output-dir ";
        CnnProcess whole = CnnProcess.start(folder, (flags + "undisturbed").split(" ", -1));
        assertThat(whole.exitCode()).as(whole.stderr()).isZero();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        CnnProcess process = CnnProcess.start(folder, (flags + "restless").split(" ", -1));
        for (int kill = 0; kill < 20; kill++) {
            // The first time until there is something to resume; then also while the JVM starts
            waitForIteration(
                    process,
                    "restless",
                    kill == 0 ? 1 : iteration("restless") + random.nextInt(12));
            Thread.sleep(random.nextInt(40));
            process.signal("KILL");
            assertThat(process.exitCode()).as("kill %d, random seed %d", kill, seed).isEqualTo(137);
            process = CnnProcess.start(folder, "train", "--resume", "restless");
        }
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        for (String name : List.of("checkpoints/last.zip", "checkpoints/best.zip")) {
            assertThat(file("restless", name))
                    .as("%s, random seed %d", name, seed)
                    .hasSameBinaryContentAs(file("undisturbed", name));
        }
        assertThat(metrics("restless")).isEqualTo(metrics("undisturbed"));
    }

    @Test
    void aFlagGivenWithResumeWins() throws Exception {
        trained("longer");
        CnnProcess more = CnnProcess.start(folder, "train", "--resume", "longer", "--epochs", "3");
        assertThat(more.exitCode()).as(more.stderr()).isZero();
        assertThat(metrics("longer")).hasSize(3);
        assertThat(Files.readString(file("longer", "config.yaml"))).contains("epochs: 3");
    }

    @Test
    void whatAResumedRunRefusesLeavesItAsItWas() throws Exception {
        Path weights = folder.resolve("start.zip");
        trained("start");
        Files.copy(file("start", "checkpoints/best.zip"), weights);
        trained("run", "--weights", weights.toString());
        Files.delete(weights); // it isn't needed any longer
        String config = Files.readString(file("run", "config.yaml"));
        String[][] refused = {
            {"another optimiser", "--opt", "adam"},
            {"--classes: the network would have 61,876", "--classes", "12"},
            {"--epochs 1: run has 2 epochs already", "--epochs", "1"},
            {"--weights has no effect with --resume", "--weights", "start"},
            {"--input-size: the network would have 82,826", "--input-size", "32"},
            {"has been validated with", "--limit-val-batches", "3"},
        };
        for (String[] words : refused) {
            CnnProcess process =
                    CnnProcess.start(folder, "train", "--resume", "run", words[1], words[2]);
            assertThat(process.exitCode()).as(words[0]).isEqualTo(2);
            assertThat(process.stderr()).contains(words[0]);
            assertThat(file("run", "config.yaml")).hasContent(config);
        }
        CnnProcess more = CnnProcess.start(folder, "train", "--resume", "run", "--epochs", "3");
        assertThat(more.exitCode()).as(more.stderr()).isZero();
        // What the flag left alone keeps its source
        assertThat(Files.readString(file("run", "config.yaml")))
                .isEqualTo(config.replaceFirst("epochs: 2( +)# .*", "epochs: 3$1# --epochs"));
    }

    @Test
    void aRunKilledBeforeItsFirstCheckpointStartsWhenResumed() throws Exception {
        trained("whole");
        trained("early");
        Files.delete(file("early", "checkpoints/last.zip"));
        Files.delete(file("early", "checkpoints/best.zip"));
        Files.delete(file("early", "metrics.jsonl"));
        CnnProcess process = CnnProcess.start(folder, "train", "--resume", "early");
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        assertThat(metrics("early")).isEqualTo(metrics("whole"));
    }

    @Test
    void whatGoesTooFarLeavesTheLastGoodCheckpointAndNoOldResult() throws Exception {
        trained("run");
        assertThat(file("run", "result.json")).exists();
        CnnProcess wild =
                CnnProcess.start(
                        folder,
                        "train",
                        "--resume",
                        "run",
                        "--epochs",
                        "4",
                        "--lr",
                        "1e20",
                        "--clip-grad",
                        "0",
                        "--save-every",
                        "1");
        assertThat(wild.exitCode()).as(wild.stderr()).isEqualTo(1);
        assertThat(wild.stderr()).contains("cnn: ", "a lower --lr");
        assertThat(Files.readString(file("run", "train.log"))).contains("failed: ", "a lower --lr");
        assertThat(file("run", "result.json")).doesNotExist();
        CnnProcess tame = CnnProcess.start(folder, "train", "--resume", "run", "--lr", "0.01");
        assertThat(tame.exitCode()).as(tame.stderr()).isZero();
        assertThat(file("run", "result.json")).exists();
    }

    @Test
    void aRunGoesOnFromAnyFolder() throws Exception {
        Path list = folder.resolve("list.csv");
        StringBuilder rows = new StringBuilder("path,label\n");
        for (int i = 0; i < 40; i++) {
            TestPhotos.image(folder.resolve("p%d.png".formatted(i)), i);
            rows.append("p%d.png,%s\n".formatted(i, i % 2 == 0 ? "a" : "b"));
        }
        Files.writeString(list, rows);
        trained("run", "--data", "list.csv", "-b", "8", "--save-every", "1");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        CnnProcess eval = CnnProcess.start(elsewhere, "eval", "--run", "../run");
        assertThat(eval.exitCode()).as(eval.stderr()).isZero();
        CnnProcess more =
                CnnProcess.start(elsewhere, "train", "--resume", "../run", "--epochs", "3");
        assertThat(more.exitCode()).as(more.stderr()).isZero();
    }

    @Test
    void aRunFolderIsNotOverwritten() throws Exception {
        trained("kept");
        CnnProcess second = start("kept");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.stderr()).contains("holds a run already");
    }
}
