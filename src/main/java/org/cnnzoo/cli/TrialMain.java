package org.cnnzoo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.Journal;
import org.cnnzoo.sweep.Point;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.SweepReader;
import org.cnnzoo.sweep.SweepState;
import org.cnnzoo.sweep.Trial;
import org.cnnzoo.sweep.TrialPlans;

/**
 * A trial in a process of its own, started by {@code cnn sweep --jobs}: reads which one from the
 * sweep's folder, prints a line for each epoch, and exits as {@code cnn train} would. It ends,
 * after a checkpoint, when its stdin does: with the sweep's process.
 */
final class TrialMain {
    private TrialMain() {}

    /**
     * Trains the trial.
     *
     * @param args the sweep's folder, the trial's number, the epoch to stop at, and further
     *     settings as after {@code --set}
     */
    public static void main(String[] args) {
        ErrorHandling errors = new ErrorHandling(System.err, false);
        int code;
        try {
            code = run(args);
        } catch (Throwable e) {
            code = errors.report(e);
        }
        System.exit(code);
    }

    private static int run(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        int id = Integer.parseInt(args[1]);
        int toEpoch = Integer.parseInt(args[2]);
        List<String> more = List.of(args).subList(3, args.length);
        TrainingPlan plan = plan(folder, id, more);
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        try (Interruption interruption = new Interruption(err)) {
            Thread watch = new Thread(TrialMain::endWithStdin, "stdin");
            watch.setDaemon(true);
            watch.start();
            TrialTraining training = new TrialTraining(plan, SweepFolder.run(folder, id), toEpoch);
            boolean done =
                    training.run(
                            ImageSource.own(plan.cache()),
                            epoch -> {
                                System.out.println(epoch.epoch());
                                System.out.flush();
                            },
                            interruption.signal());
            return done ? 0 : TrainCommand.INTERRUPTED;
        }
    }

    /**
     * A trial's plan, with the values that the sweep's journal has of it.
     *
     * @param folder the sweep's
     * @param more further settings, as after {@code --set}
     */
    static TrainingPlan plan(Path folder, int id, List<String> more) {
        Point point =
                SweepState.of(Journal.read(SweepFolder.journal(folder)))
                        .find(id)
                        .map(Trial::point)
                        .orElseThrow(() -> new BadInput("no trial " + id + " in " + folder));
        Definition sweep = SweepReader.read(SweepFolder.file(folder));
        return new TrialPlans(Home.path(), sweep).plan(point, more);
    }

    private static void endWithStdin() {
        try {
            while (System.in.read() >= 0) {
                // nobody writes: only the end matters
            }
        } catch (IOException e) {
            // as good as an end
        }
        System.exit(TrainCommand.INTERRUPTED);
    }
}
