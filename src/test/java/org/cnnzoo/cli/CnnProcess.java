package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code cnn} in a process of its own, as the launcher starts it, so that it can be killed and its
 * streams be told apart.
 *
 * @param process the JVM
 * @param out the file with its stdout
 * @param err the file with its stderr
 */
record CnnProcess(Process process, Path out, Path err) {
    private static final Path HOME = Path.of(System.getProperty("cnn.home", ".")).toAbsolutePath();
    private static final long LONGEST_MINUTES = 10;

    /** A test that fails leaves its process, which must not outlive the tests. */
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () ->
                                        STARTED.forEach(
                                                process -> {
                                                    process.descendants()
                                                            .forEach(
                                                                    ProcessHandle::destroyForcibly);
                                                    process.destroyForcibly();
                                                })));
    }

    /**
     * Starts it.
     *
     * @param folder where it runs
     */
    static CnnProcess start(Path folder, String... args) throws IOException {
        return start(folder, List.of(), HOME.resolve("target/cnn.jar").toString(), args);
    }

    /** The same with Spark, whose jars must be in target/spark/jars. */
    static CnnProcess startWithSpark(Path folder, String... args) throws IOException {
        return start(
                folder,
                List.of(
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.log.org.apache=error",
                        // As the launcher: a block for an executor that is gone fails with a trace
                        "-Dorg.slf4j.simpleLogger.log.org.apache.spark.network=off"),
                HOME.resolve("target/spark/jars") + "/*:" + HOME.resolve("target/cnn.jar"),
                args);
    }

    /** The same with Deeplearning4j's pages on a port, whose jars must be in target/ui/jars. */
    static CnnProcess startWithPages(Path folder, int port, String... args) throws IOException {
        return start(
                folder,
                List.of("-Dorg.deeplearning4j.ui.port=" + port),
                HOME.resolve("target/cnn.jar") + ":" + HOME.resolve("target/ui/jars") + "/*",
                args);
    }

    private static CnnProcess start(
            Path folder, List<String> options, String classPath, String... args)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                // A shell that runs the tests in the background has SIGINT ignored
                                "env",
                                "--default-signal=INT",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dcnn.home=" + HOME,
                                "-Djava.awt.headless=true",
                                "-XX:+UseSerialGC",
                                "-Xmx1g"));
        for (String property :
                List.of(
                        "org.bytedeco.javacpp.platform.extension",
                        "org.bytedeco.javacpp.maxbytes",
                        "org.bytedeco.javacpp.maxphysicalbytes",
                        "org.eclipse.deeplearning4j.helpers.disable",
                        "org.nd4j.log.initialization")) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        command.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        STARTED.removeIf(earlier -> !earlier.isAlive());
        STARTED.add(process);
        return new CnnProcess(process, out, err);
    }

    /** Waits for its end and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("cnn did not end in time");
        }
        return process.exitValue();
    }

    /** Sends a signal, such as {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    String stdout() throws IOException {
        return Files.readString(out, UTF_8);
    }

    String stderr() throws IOException {
        return Files.readString(err, UTF_8);
    }
}
