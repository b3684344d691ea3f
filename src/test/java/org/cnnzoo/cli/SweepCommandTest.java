package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.sweep.SweepReader;
import org.cnnzoo.sweep.TrialPlans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of sweeps and of completion, without training anything. */
class SweepCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path folder;

    private int cnn(String... args) {
        out.reset();
        err.reset();
        return CnnCommand.run(
                args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String file(String space) throws IOException {
        Path file = folder.resolve("s.yaml");
        Files.writeString(
                file,
                "base:\n  model: lenet5\nspace:\n"
                        + space.indent(2)
                        + "strategy: {tpe: {startup: 3}}\nbudget: {trials: 8}\n");
        return file.toString();
    }

    private void assertRefused(String message, String... args) {
        String[] dry =
                Stream.concat(Stream.of(args), Stream.of("--dry-run")).toArray(String[]::new);
        assertThat(cnn(dry)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(message);
        assertThat(err.toString(UTF_8).lines().count()).isBetween(1L, 3L);
        assertThat(out.size()).isZero();
    }

    @Test
    void whatCannotBeRightIsRefusedBeforeTheFirstTrial() throws IOException {
        assertRefused("did you mean 'lenet5-quick'?", "sweep", "lenet5-quik");
        assertRefused("FILE is missing", "sweep");
        assertRefused("--jobs must be 1 or more", "sweep", "lenet5-quick", "--jobs", "0");
        assertRefused(
                "--master has no effect with --dry-run",
                "sweep",
                "lenet5-quick",
                "--master",
                "local");
        assertRefused("no sweep in", "sweep", "--resume", folder.toString());
        assertRefused(
                "s.yaml:4:3: --set params.poling=avg: there is no 'poling'",
                "sweep",
                file("params.poling: [avg]"));
        assertRefused("s.yaml:4:3:", "sweep", file("params.pooling: [avg, mean]"));
        assertRefused(
                "s.yaml:4:3: --set train.lr-step-size has an effect only with",
                "sweep",
                file("train.lr-step-size: {integer: [2, 4]}"));
    }

    @Test
    void aSweepsTrialsAreNotDistributedThemselves() throws IOException {
        assertRefused(
                "'master' can't be set in a sweep", "sweep", file("train.master: ['local[2]']"));
        assertThat(cnn("sweep", "lenet5-quick", "--master", "yarn")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("spark://HOST:PORT, local[N]");
        // The tests' class path has no Spark to run
        assertThat(cnn("sweep", "lenet5-quick", "--master", "local[2]")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("Spark is not on the class path");
    }

    @Test
    void theModelsOfTheSpaceAreTriedToo() throws IOException {
        String file = file("train.lr: [0.1]");
        Files.writeString(
                folder.resolve("s.yaml"),
                """
                base: {epochs: 1}
                space: {model: [lenet5, lenet6]}
                strategy: grid
                """);
        assertRefused("s.yaml:2:9: there is no model 'lenet6'", "sweep", file);
    }

    @Test
    void whatIsWrongInTheBaseIsToldThere() throws IOException {
        String file = file("train.lr: []");
        assertRefused("s.yaml:4:13: 'train.lr' has an empty list", "sweep", file);
        String rest = "space: {train.lr: [0.1, 0.2]}\nstrategy: grid\n";
        Path path = folder.resolve("s.yaml");
        Files.writeString(path, "base: {model: lenet6}\n" + rest);
        assertRefused("s.yaml:1:7: there is no model 'lenet6'", "sweep", file);
        Files.writeString(path, "base: {model: lenet5, weights: gone.pth}\n" + rest);
        assertRefused("gone.pth: there is no such file", "sweep", file);
        assertRefused(
                "did you mean 'experiments/degradation'?", "sweep", "experiments/degradatoin");
    }

    @Test
    void aDryRunListsTheTrialsThatCanBeKnownAndTheTime() throws IOException {
        String file = file("train.lr: {log-uniform: [0.001, 0.1]}");
        assertThat(cnn("sweep", file, "--dry-run", "--format", "json")).isZero();
        JsonNode printed = new ObjectMapper().readTree(out.toByteArray());
        assertThat(printed.at("/trials")).hasSize(3);
        assertThat(printed.at("/trials_that_depend_on_results").asInt()).isEqualTo(5);
        assertThat(printed.at("/trials/0/parameters/train.lr").asDouble()).isBetween(0.001, 0.1);
        assertThat(printed.at("/estimated_seconds").asDouble()).isPositive();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void everySweepInConfigsCanBeRight() {
        Path home = Home.path();
        List<String> names = Home.sweeps().names();
        assertThat(names).contains("lenet5-quick");
        for (String name : names) {
            Path file = Home.sweeps().find(name);
            new TrialPlans(home, Path.of(""), SweepReader.read(file)).check(plan -> {});
        }
    }

    @Test
    void aShellCompletesModelsDataRecipesAndSweeps() throws Exception {
        assertThat(cnn("completion", "fish")).isEqualTo(2);
        assertThat(cnn("completion", "bash")).isZero();
        Path script = folder.resolve("completion.sh");
        Files.write(script, out.toByteArray());
        assertThat(completed(script, "train --model mobilenet_v3"))
                .isEqualTo("mobilenet_v3_large mobilenet_v3_small");
        assertThat(completed(script, "train --data fash")).isEqualTo("fashion-mnist");
        assertThat(completed(script, "train --recipe qui")).isEqualTo("quick");
        assertThat(completed(script, "train --opt ada")).isEqualTo("adam adamw");
        assertThat(completed(script, "sweep lenet5-q")).isEqualTo("lenet5-quick");
        assertThat(completed(script, "swe")).isEqualTo("sweep");
    }

    /** What bash offers after {@code cnn} and some words. */
    private static String completed(Path script, String words) throws Exception {
        Process bash =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                ". %s; compopt() { :; }; COMP_WORDS=(cnn %s);"
                                                .formatted(script, words)
                                        + " COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _complete_cnn;"
                                        + " echo \"${COMPREPLY[@]}\"")
                        .redirectErrorStream(true)
                        .start();
        return new String(bash.getInputStream().readAllBytes(), UTF_8).strip();
    }

    @Test
    void valuesThatDoNotGoTogetherAreRefusedBeforeTheFirstTrial() throws IOException {
        String file = file("train.crop-padding: [0, 2]");
        Files.writeString(
                folder.resolve("s.yaml"),
                """
                base: {model: lenet5}
                space:
                  train.crop-padding: [0, 2]
                  train.random-resized-crop: [0, 0.5]
                strategy: grid
                """);
        assertRefused(
                "s.yaml:3:3: trial 4 (crop-padding 2, random-resized-crop 0.5): --crop-padding has"
                        + " no effect",
                "sweep",
                file);
    }

    @Test
    void aBudgetOfTimeAloneIsEnoughForAllButSlicesAndHalving() throws IOException {
        String file = file("train.lr: {log-uniform: [0.001, 0.1]}");
        String text = Files.readString(folder.resolve("s.yaml"));
        String random = text.replace("{tpe: {startup: 3}}", "random");
        Files.writeString(folder.resolve("s.yaml"), random.replace("{trials: 8}", "{time: 30m}"));
        assertThat(cnn("sweep", file, "--dry-run")).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8)).contains("and so on, until the budget is spent");
        out.reset();
        Files.writeString(
                folder.resolve("s.yaml"),
                text.replace("{tpe: {startup: 3}}", "latin-hypercube")
                        .replace("{trials: 8}", "{time: 30m}"));
        assertRefused("a sweep by latin-hypercube needs 'budget: {trials: N}'", "sweep", file);
        Files.writeString(
                folder.resolve("s.yaml"),
                random.replace("{trials: 8}", "{epochs: 60}\nprune: halving"));
        assertRefused("a sweep by halving needs 'budget: {trials: N}'", "sweep", file);
    }
}
