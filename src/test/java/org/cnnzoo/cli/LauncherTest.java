package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher finds out before there is a JVM. */
class LauncherTest {
    private static final Path CNN = Path.of(System.getProperty("cnn.home", "."), "cnn");

    @TempDir private Path folder;

    /** Whether a command line makes the launcher fetch Spark and put it on the class path. */
    private boolean wantsSpark(String line) throws Exception {
        String function =
                Files.readString(CNN)
                        .replaceFirst("(?s)^.*?\n(wants_spark\\(\\) \\{.*?\n\\}).*", "$1");
        assertThat(function).startsWith("wants_spark()").endsWith("}");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                "set -euo pipefail\n"
                                        + function
                                        + "\n"
                                        + "if wants_spark \"$@\"; then echo yes; else echo no; fi",
                                "cnn"));
        command.addAll(List.of(line.split(" ", -1)));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isIn("yes", "no");
        return said.equals("yes");
    }

    /** What LC_ALL is after the launcher looked at the locale. */
    private String locale(String language) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "bash",
                        "-c",
                        ". %s; platform_machine='Linux x86_64'; platform_locale; echo ${LC_ALL:-none}"
                                .formatted(CNN.resolveSibling("scripts/platform.sh")));
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().put("LANG", language);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @Test
    void fileNamesOfAnyLettersCanBeOpenedWhateverTheLocale() throws Exception {
        assertThat(locale("C")).isEqualTo("C.UTF-8");
        assertThat(locale("")).isEqualTo("C.UTF-8");
        assertThat(locale("xx_NOWHERE.UTF-8")).isEqualTo("C.UTF-8"); // named, not installed
        assertThat(locale("C.UTF-8")).isEqualTo("none");
    }

    @Test
    void sparkIsFetchedWhereTheFlagTheRunOrTheRecipeHasAMaster() throws Exception {
        Files.createDirectory(folder.resolve("run"));
        Files.writeString(folder.resolve("run/config.yaml"), "model: lenet5\nmaster: local[2]");
        Files.writeString(folder.resolve("none.yaml"), "master: \"none\"  # default\n");
        for (String line :
                List.of(
                        "train --master local[2]",
                        "sweep s --master=spark://a:1",
                        "train --set train.master=local",
                        "train --resume run",
                        "train --resume=run --epochs 3",
                        "train --recipe run/config.yaml")) {
            assertThat(wantsSpark(line)).as(line).isTrue();
        }
        for (String line :
                List.of(
                        "train --model lenet5",
                        "train --master none",
                        "train --resume run --master none",
                        "train --master=none --resume run",
                        "train --recipe=run/config.yaml --set=train.master=none",
                        "train --recipe none.yaml",
                        "info --master x",
                        "")) {
            assertThat(wantsSpark(line)).as(line).isFalse();
        }
    }
}
