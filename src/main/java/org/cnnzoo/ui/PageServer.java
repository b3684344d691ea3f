package org.cnnzoo.ui;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Pointer;
import org.cnnzoo.errors.WorkFailed;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.Histogram;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.stats.impl.java.JavaStatsInitializationReport;
import org.deeplearning4j.ui.model.stats.impl.java.JavaStatsReport;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j's web server and what it shows: the only class that knows its classes. */
final class PageServer {
    private static final String WORKER = "cnn";

    private final UIServer server;
    private final Storage storage = new Storage();
    private final String process = UUID.randomUUID().toString();
    private String session = "";
    private @Nullable Persistable lastWithoutHistograms;
    private long lastMillis;

    private PageServer(UIServer server) {
        this.server = server;
    }

    /** The reports, which Deeplearning4j has no way to take away again. */
    private static final class Storage extends InMemoryStatsStorage {
        private Map<Long, Persistable> reports(String session) {
            return getUpdateMap(session, StatsListener.TYPE_ID, WORKER, true);
        }

        /** In place of one of the same time, without telling anybody. */
        void replace(Persistable report) {
            reports(report.getSessionID()).put(report.getTimeStamp(), report);
        }

        /** Keeps the newest, not the one before it, and so on; returns how many are left. */
        int removeEveryOther(String session) {
            List<Long> times = reports(session).keySet().stream().sorted().toList();
            for (int i = times.size() - 2; i >= 0; i -= 2) {
                reports(session).remove(times.get(i));
            }
            return reports(session).size();
        }
    }

    /**
     * Starts the server.
     *
     * @throws WorkFailed if it can't
     */
    static PageServer start() {
        try {
            UIServer server = UIServer.getInstance();
            // After Ctrl-C the pages stay until the checkpoint is written
            Runtime.getRuntime().removeShutdownHook(UIServer.getShutdownHook());
            PageServer pages = new PageServer(server);
            server.attach(pages.storage);
            return pages;
        } catch (RuntimeException e) {
            throw new WorkFailed("--ui: Deeplearning4j's pages could not start: " + deepest(e), e);
        }
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    String address() {
        return server.getAddress();
    }

    /**
     * Begins a training.
     *
     * @param graph a ComputationGraph's configuration
     * @param layers how many it has
     */
    void open(String name, String graph, int layers, long parameters) {
        session = name;
        JavaStatsInitializationReport report = new JavaStatsInitializationReport();
        report.reportIDs(session, StatsListener.TYPE_ID, WORKER, now());
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        report.reportSoftwareInfo(
                system.getArch(),
                system.getName(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                System.getProperty("java.specification.version"),
                Nd4j.getNDArrayFactory().getClass().getName(),
                Nd4j.dataType().name(),
                Optional.ofNullable(System.getenv("HOSTNAME")).orElse(""),
                process,
                Map.of());
        Runtime runtime = Runtime.getRuntime();
        report.reportHardwareInfo(
                runtime.availableProcessors(),
                0,
                runtime.maxMemory(),
                machineBytes(),
                new long[0],
                new String[0],
                process);
        report.reportModelInfo(
                ComputationGraph.class.getName(), graph, new String[0], layers, parameters);
        storage.putStaticInfo(report);
    }

    /** Each report has a time of its own: by that the storage tells them apart. */
    private long now() {
        lastMillis = Math.max(System.currentTimeMillis(), lastMillis + 1);
        return lastMillis;
    }

    /** The launcher sets no limit to arrays outside the heap, which the pages would divide by. */
    private static long machineBytes() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : Pointer.maxPhysicalBytes();
    }

    /** Adds a step. */
    void show(Snapshot snapshot) {
        long millis = now();
        storage.putUpdate(report(snapshot, millis, true));
        if (lastWithoutHistograms != null) {
            storage.replace(lastWithoutHistograms); // the pages draw the newest alone
        }
        lastWithoutHistograms = report(snapshot, millis, false);
    }

    /** Makes room; returns how many steps are left. */
    int forgetEveryOther() {
        return storage.removeEveryOther(session);
    }

    private JavaStatsReport report(Snapshot at, long millis, boolean histograms) {
        JavaStatsReport report = new JavaStatsReport();
        report.reportIDs(session, StatsListener.TYPE_ID, WORKER, millis);
        report.reportIterationCount((int) at.iteration());
        report.reportScore(at.loss());
        report.reportLearningRates(of(at.parameters(), array -> at.lr()));
        report.reportPerformance(
                at.runMillis(),
                at.images(),
                at.iteration(),
                at.imagesPerSecond(),
                at.stepsPerSecond());
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        report.reportMemoryUse(
                used,
                runtime.maxMemory(),
                Math.max(0, Pointer.physicalBytes() - used),
                machineBytes(),
                new long[0],
                new long[0]);
        add(report, StatsType.Parameters, at.parameters(), histograms);
        add(report, StatsType.Gradients, at.gradients(), histograms);
        add(report, StatsType.Updates, at.updates(), histograms);
        return report;
    }

    private static void add(
            JavaStatsReport report,
            StatsType type,
            Map<String, Figures> arrays,
            boolean histograms) {
        report.reportMeanMagnitudes(type, of(arrays, Figures::meanMagnitude));
        report.reportStdev(type, of(arrays, Figures::stdev));
        report.reportHistograms(
                type,
                !histograms
                        ? Map.of()
                        : arrays.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                array -> histogram(array.getValue()))));
    }

    private static Histogram histogram(Figures figures) {
        return new Histogram(
                figures.min(),
                figures.max(),
                figures.counts().size(),
                figures.counts().stream().mapToInt(n -> n).toArray());
    }

    private static Map<String, Double> of(
            Map<String, Figures> arrays, ToDoubleFunction<Figures> figure) {
        return arrays.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                array -> figure.applyAsDouble(array.getValue())));
    }

    void stop() {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
