package org.cnnzoo.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spark.Work;
import org.cnnzoo.spec.YamlReader;
import org.cnnzoo.train.Part;
import org.cnnzoo.train.Replica;
import org.cnnzoo.train.Round;
import org.cnnzoo.train.Trainable;

/**
 * A part of a round on an executor. Networks and images stay there for the rounds after it.
 *
 * @param training tells one training from another
 * @param config the run's {@code config.yaml}
 * @param dataHash of the images it must be
 * @param threads of arithmetic
 */
record ReplicaWork(String training, String config, String dataHash, int threads)
        implements Work<Round, Integer, Part> {
    private static final long serialVersionUID = 1L;

    private static final Map<String, Supply> SUPPLIES = new ConcurrentHashMap<>();

    @Override
    public Part on(Round round, Integer part) {
        ArithmeticThreads.set(threads);
        Supply supply = SUPPLIES.computeIfAbsent(training, id -> Supply.of(this));
        Replica replica = supply.take();
        Part done = replica.part(round, part);
        supply.free().add(replica); // unless it failed: then nobody knows what it holds
        return done;
    }

    private RunFiles run() {
        return new RunFiles(Path.of(config).toAbsolutePath().getParent());
    }

    /** What a training needs on this executor; each task at a time has a replica of its own. */
    private record Supply(TrainingPlan plan, PreparedImages images, Deque<Replica> free) {
        static Supply of(ReplicaWork work) {
            Path config = Path.of(work.config());
            if (!Files.exists(config)) {
                throw new WorkFailed(
                        ("an executor on %s does not see %s%n"
                                        + "the run folder must be at the same path on every worker")
                                .formatted(host(), config));
            }
            TrainingPlan plan =
                    TrainingPlan.of(
                            Home.path(),
                            Recipe.EMPTY,
                            Optional.empty(),
                            Optional.of(Recipe.ofFile(YamlReader.read(config))));
            if (!plan.data().hash().equals(work.dataHash())) {
                throw new WorkFailed(
                        "an executor on %s has other images of %s than this machine"
                                .formatted(host(), plan.data().name()));
            }
            PreparedImages images =
                    new TrainingImages(
                                    plan,
                                    Training.preprocessing(
                                            plan, StartingWeights.of(plan, work.run())),
                                    ImageSource.own(plan.cache()),
                                    System.err::println)
                            .train();
            return new Supply(plan, images, new ConcurrentLinkedDeque<>());
        }

        Replica take() {
            Replica replica = free.poll();
            return replica == null ? another() : replica;
        }

        private Replica another() {
            return new Replica(
                    plan.settings(),
                    Trainable.of(Training.built(plan, plan.settings(), plan.network())),
                    images,
                    plan.augmentation(),
                    Math.max(plan.data().classes().size(), plan.network().classes()));
        }

        private static String host() {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("another machine");
        }
    }
}
