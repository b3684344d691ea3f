package org.cnnzoo.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Configuration;
import org.cnnzoo.recipe.Given;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spark.Cluster;
import org.cnnzoo.spark.Master;
import org.cnnzoo.train.Replicas;
import org.cnnzoo.train.Sync;

/** A training's cluster, if it has one. */
public final class Distribution implements AutoCloseable {
    private final Optional<Cluster> cluster;

    private Distribution(Optional<Cluster> cluster) {
        this.cluster = cluster;
    }

    /** Whether the plan names a cluster. */
    public static boolean wanted(TrainingPlan plan) {
        return master(plan.configuration()).isPresent();
    }

    /**
     * Refuses what can't be distributed.
     *
     * @throws BadInput if the plan asks for it
     */
    public static void check(TrainingPlan plan) {
        Configuration configuration = plan.configuration();
        if (master(configuration).isEmpty()) {
            return;
        }
        if (configuration.get(Settings.GRAD_ACCUM_STEPS) > 1) {
            throw new BadInput(
                    "--grad-accum-steps can't be had with --master; --sync-every %d does the same there"
                            .formatted(configuration.get(Settings.GRAD_ACCUM_STEPS)));
        }
        if (!plan.phases().isEmpty()) {
            throw new BadInput(
                    "--progressive-resizing can't be had with --master: its tasks keep one size");
        }
        if (configuration.get(Settings.MODEL_EMA)
                && configuration.get(Settings.SYNC) == Sync.PARAMETERS) {
            throw new BadInput(
                    "--model-ema averages the weights of every step, which --sync parameters"
                            + " doesn't know; --sync gradients does");
        }
        configuration.find(Settings.PARTS).ifPresent(parts -> requireDivides(plan, parts));
    }

    private static void requireDivides(TrainingPlan plan, long parts) {
        long batch = plan.configuration().get(Settings.BATCH_SIZE);
        if (batch % parts != 0) {
            long below = batch / parts * parts;
            throw new BadInput(
                    "--batch-size %d can't be shared evenly by %d tasks; %s%d can"
                            .formatted(
                                    batch,
                                    parts,
                                    below == 0 ? "" : below + " or ",
                                    (batch / parts + 1) * parts));
        }
        plan.requireBatches(batch / parts);
    }

    private static Optional<Master> master(Configuration configuration) {
        String master = configuration.get(Settings.MASTER);
        return master.equals(Settings.NO_MASTER)
                ? Optional.empty()
                : Optional.of(Master.parse(master));
    }

    private static int threads(Configuration configuration) {
        return Math.toIntExact(configuration.find(Settings.THREADS).orElse(1L));
    }

    /**
     * Connects to the plan's cluster, if it names one.
     *
     * @throws org.cnnzoo.errors.WorkFailed if there is none
     */
    public static Distribution open(TrainingPlan plan, Consumer<String> notice) {
        Configuration configuration = plan.configuration();
        Optional<Master> master = master(configuration);
        if (master.isEmpty()) {
            return new Distribution(Optional.empty());
        }
        return new Distribution(
                Optional.of(
                        Cluster.connect(
                                master.get().requireSpark(),
                                "cnn train " + plan.network().name(),
                                threads(configuration),
                                Math.toIntExact(configuration.find(Settings.PARTS).orElse(0L)),
                                notice)));
    }

    /** The flags with the number of parts, where it is the cluster that says how many. */
    public Recipe resolved(TrainingPlan plan, Recipe flags) {
        if (cluster.isEmpty() || plan.configuration().find(Settings.PARTS).isPresent()) {
            return flags;
        }
        int slots = cluster.get().slots();
        requireDivides(plan, slots);
        Map<Setting<?>, Given> values = new LinkedHashMap<>(flags.values());
        values.put(Settings.PARTS, Settings.PARTS.given("the cluster", Integer.toString(slots)));
        return new Recipe(flags.models(), values, flags.overrides());
    }

    /** Who does the passes of the training's steps, if not this process. */
    public Optional<Replicas> replicas(TrainingPlan plan, RunFiles run) {
        if (cluster.isEmpty()) {
            return Optional.empty();
        }
        Configuration configuration = plan.configuration();
        return Optional.of(
                new SparkReplicas(
                        cluster.get(),
                        plan,
                        run,
                        Math.toIntExact(
                                configuration
                                        .find(Settings.PARTS)
                                        .orElseGet(() -> (long) cluster.get().slots())),
                        configuration.get(Settings.SYNC),
                        configuration.count(Settings.SYNC_EVERY),
                        threads(configuration)));
    }

    @Override
    public void close() {
        if (cluster.isPresent()) { // no method reference: without Spark its class can't be loaded
            cluster.get().close();
        }
    }
}
