package org.cnnzoo.trial;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.sweep.Job;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.train.StopSignal;

/** A trial on an executor. */
final class SparkTrial {
    private static final long LOOK_MILLIS = 200;

    /** For all trials that this executor will do. */
    private static final SharedImages IMAGES = new SharedImages(System.err::println);

    private SparkTrial() {}

    /**
     * What an executor is told; the trial's values it reads from the journal.
     *
     * @param folder the sweep's, the same path on every machine
     * @param more settings of every trial, as after {@code --set}
     */
    record Order(String folder, int toEpoch, ArrayList<String> more) implements Serializable {
        static Order of(Path folder, Job job, List<String> more) {
            return new Order(folder.toString(), job.toEpoch(), new ArrayList<>(more));
        }
    }

    /** Is there when the trials are to stop: executors hear nothing while they work. */
    static Path stopFile(Path folder) {
        return folder.resolve(".stop");
    }

    /**
     * Trains, or goes on: where another executor died with the trial, from the checkpoint it left.
     *
     * @return whether it came where it should, rather than being stopped
     */
    static Boolean run(Order order, Integer id) throws InterruptedException {
        Path folder = Path.of(order.folder());
        StopSignal stop = new StopSignal();
        Thread watch = watch(stopFile(folder), stop);
        try {
            TrainingPlan plan = IMAGES.sharing(TrialMain.plan(folder, id, order.more()));
            return new TrialTraining(plan, SweepFolder.run(folder, id), order.toEpoch())
                    .run(IMAGES.of(plan), epoch -> {}, stop);
        } finally {
            watch.interrupt();
            System.gc(); // as in TrialsHere
        }
    }

    private static Thread watch(Path file, StopSignal stop) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (!Files.exists(file)) {
                                    Thread.sleep(LOOK_MILLIS);
                                }
                                stop.request();
                            } catch (InterruptedException e) {
                                // the trial is over
                            }
                        },
                        "stops a trial");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
