package org.cnnzoo.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of scripts/torchvision-parity, where there is a Python with torchvision. */
class TorchvisionParityIT {
    @TempDir private Path folder;

    private int run(Path output, String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        if (!process.waitFor(20, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " didn't end");
        }
        return process.exitValue();
    }

    private boolean hasTorchvision(String python) {
        try {
            return run(folder.resolve("torch.txt"), python, "-c", "import torchvision") == 0;
        } catch (Exception noSuchProgram) {
            return false;
        }
    }

    @Test
    void smallNetworksAgree() throws Exception {
        assumeTrue(
                hasTorchvision("python3") || hasTorchvision("/usr/bin/python3"),
                "no Python with torchvision here");
        Path output = folder.resolve("parity.txt");
        int exit =
                run(
                        output,
                        "scripts/torchvision-parity",
                        "resnet18",
                        "googlenet_torchvision",
                        "mobilenet_v2",
                        "mobilenet_v3_small");
        assertThat(exit).as(java.nio.file.Files.readString(output)).isZero();
    }
}
