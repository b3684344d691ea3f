package org.cnnzoo.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.Given;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.run.Folders;
import org.cnnzoo.spark.Cluster;
import org.cnnzoo.spark.Master;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.TrialRunner;
import org.cnnzoo.train.StopSignal;

/** Who runs the trials, and how many at a time. */
public final class Jobs implements AutoCloseable {
    private static final String THREADS = "train." + Settings.THREADS.key();

    private final Definition sweep;
    private final Optional<Cluster> cluster;
    private final int count;
    private final AtomicReference<WorkFailed> gone = new AtomicReference<>();

    private Jobs(Definition sweep, Optional<Cluster> cluster, int count) {
        this.sweep = sweep;
        this.cluster = cluster;
        this.count = count;
    }

    /**
     * Gets ready, on a cluster if there is a master.
     *
     * @param jobs how many; nothing: one here, as many as there is room for on a cluster
     * @throws WorkFailed if there is no cluster
     */
    public static Jobs open(
            Optional<Master> master, OptionalInt jobs, Definition sweep, Consumer<String> notice) {
        if (master.isEmpty()) {
            return new Jobs(sweep, Optional.empty(), jobs.orElse(1));
        }
        int threads =
                sweep.base()
                        .find(Settings.THREADS)
                        .map(Given::value)
                        .map(value -> Math.toIntExact((Long) value))
                        .orElse(1);
        Cluster cluster =
                Cluster.connect(
                        master.get().requireSpark(),
                        "cnn sweep " + sweep.name(),
                        threads,
                        jobs.orElse(0),
                        notice);
        return new Jobs(sweep, Optional.of(cluster), jobs.orElseGet(cluster::slots));
    }

    /** How many trials at a time. */
    public int count() {
        return count;
    }

    /** Who runs them; to be closed while the sweep's folder is still this sweep's. */
    public TrialRunner runner(
            TrialPlans plans, Path folder, Consumer<String> notice, StopSignal stop) {
        if (cluster.isPresent() || count == 1) {
            Folders.delete(TrialProcesses.decoded(folder)); // processes that were killed left it
        }
        if (cluster.isPresent()) {
            return new SparkTrials(cluster.get(), plans, folder, threads(1), stop, gone::set);
        }
        if (count == 1) {
            return new TrialsHere(plans, folder, notice, stop);
        }
        int share = Math.max(1, Runtime.getRuntime().availableProcessors() / count);
        return new TrialProcesses(plans, folder, threads(share), stop);
    }

    /**
     * Tells that trials were stopped because their cluster is gone.
     *
     * @throws WorkFailed if it is
     */
    public void requireCluster() {
        WorkFailed failure = gone.get();
        if (failure != null) {
            throw failure;
        }
    }

    /** The setting that gives each trial its threads, unless the sweep says how many. */
    private List<String> threads(int share) {
        boolean set =
                sweep.base().find(Settings.THREADS).isPresent()
                        || sweep.space().find(THREADS).isPresent();
        return set ? List.of() : List.of(THREADS + "=" + share);
    }

    @Override
    public void close() {
        if (cluster.isPresent()) { // no method reference: without Spark its class can't be loaded
            cluster.get().close();
        }
    }
}
