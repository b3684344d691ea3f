package org.cnnzoo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Scripts that compare us with PyTorch, run where there is a Python with torchvision. */
public final class PythonScript {
    private PythonScript() {}

    /**
     * Runs a program to its end.
     *
     * @param out the file for its stdout
     * @param err the file for its stderr; may be the same
     * @return the exit code
     */
    public static int run(Path out, Path err, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        builder =
                out.equals(err)
                        ? builder.redirectErrorStream(true)
                        : builder.redirectError(err.toFile());
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(command) + " didn't end");
        }
        return process.exitValue();
    }

    /** Skips the test where no Python has torchvision: the scripts would install Debian's. */
    public static void assumeTorchvision(Path folder) throws Exception {
        assumeTrue(
                has(folder, "python3") || has(folder, "/usr/bin/python3"),
                "no Python with torchvision here");
    }

    private static boolean has(Path folder, String python) throws Exception {
        Path output = folder.resolve("torch.txt");
        try {
            return run(output, output, python, "-c", "import torch, torchvision, numpy") == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
