package org.cnnzoo.session;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spark.Cluster;
import org.cnnzoo.train.Part;
import org.cnnzoo.train.Replicas;
import org.cnnzoo.train.Round;
import org.cnnzoo.train.Sync;

/**
 * Replicas on a cluster's executors, which read the run's configuration and the data themselves.
 */
final class SparkReplicas implements Replicas {
    private final Cluster cluster;
    private final ReplicaWork work;
    private final List<Integer> numbers;
    private final Sync sync;
    private final int every;

    /**
     * @param run whose {@code config.yaml} executors read, at the same path
     * @param threads of arithmetic in each task
     */
    SparkReplicas(
            Cluster cluster,
            TrainingPlan plan,
            RunFiles run,
            int parts,
            Sync sync,
            int every,
            int threads) {
        this.cluster = cluster;
        this.numbers = IntStream.range(0, parts).boxed().toList();
        this.sync = sync;
        this.every = every;
        this.work =
                new ReplicaWork(
                        UUID.randomUUID().toString(),
                        run.config().toAbsolutePath().toString(),
                        plan.data().hash(),
                        threads);
    }

    @Override
    public int parts() {
        return numbers.size();
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public int every() {
        return every;
    }

    @Override
    public List<Part> round(Round round) {
        return cluster.run(round, numbers, work, () -> {});
    }
}
