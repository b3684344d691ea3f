package org.cnnzoo.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cnnzoo.PythonScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of scripts/torchvision-parity, where there is a Python with torchvision. */
class TorchvisionParityIT {
    @TempDir private Path folder;

    @Test
    void smallNetworksAgree() throws Exception {
        PythonScript.assumeTorchvision(folder);
        Path output = folder.resolve("parity.txt");
        int exit =
                PythonScript.run(
                        output,
                        output,
                        "scripts/torchvision-parity",
                        "resnet18",
                        "mobilenet_v3_small");
        assertThat(exit).as(Files.readString(output)).isZero();
    }
}
