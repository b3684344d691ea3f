package org.cnnzoo.spark;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Spark's settings: executors are as this process is, with its class path, its system properties
 * and its working directory, so that the same paths mean the same.
 *
 * <p>What {@code spark.*} system properties say wins.
 */
final class ExecutorSettings {
    /** Properties that the work depends on; Spark refuses some others. */
    private static final List<String> HANDED_ON =
            List.of(
                    "cnn.",
                    "java.awt.",
                    "org.bytedeco.",
                    "org.eclipse.",
                    "org.nd4j.",
                    "org.slf4j.");

    private static final String LONGEST_SHUTDOWN = "spark.shutdown.timeout";

    private ExecutorSettings() {}

    static SparkConf of(Master master, String name, int threads) {
        if (System.getProperty(LONGEST_SHUTDOWN) == null) {
            System.setProperty(LONGEST_SHUTDOWN, "600s"); // read from here alone
        }
        SparkConf settings =
                new SparkConf()
                        .setMaster(master.url())
                        .setIfMissing("spark.app.name", name)
                        .setIfMissing("spark.ui.enabled", "false")
                        .setIfMissing("spark.task.cpus", Integer.toString(threads))
                        // Parameters of a large network are more than Spark's 1 GB
                        .setIfMissing("spark.driver.maxResultSize", "0")
                        .setIfMissing("spark.locality.wait", "0");
        if (master.isThisMachine()) {
            settings.setIfMissing("spark.driver.host", "127.0.0.1")
                    .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        if (!master.isThisProcess()) {
            settings.setIfMissing(
                            "spark.executor.extraClassPath", System.getProperty("java.class.path"))
                    .setIfMissing("spark.executor.extraJavaOptions", options())
                    .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(threads));
            Map<String, String> environment = System.getenv();
            for (String variable : List.of("GOMP_SPINCOUNT", "LC_ALL")) {
                String value = environment.get(variable);
                if (value != null) {
                    settings.setIfMissing("spark.executorEnv." + variable, value);
                }
            }
        }
        return settings;
    }

    private static String options() {
        Stream<String> properties =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(
                                option ->
                                        HANDED_ON.stream()
                                                .anyMatch(p -> option.startsWith("-D" + p)));
        return Stream.concat(properties, Stream.of("-Duser.dir=" + System.getProperty("user.dir")))
                .map(option -> '"' + option + '"')
                .collect(Collectors.joining(" "));
    }
}
