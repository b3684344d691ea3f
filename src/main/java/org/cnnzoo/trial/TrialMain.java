package org.cnnzoo.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cnnzoo.console.Interruption;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Reason;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.Journal;
import org.cnnzoo.sweep.Point;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.SweepReader;
import org.cnnzoo.sweep.SweepState;
import org.cnnzoo.sweep.Trial;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.train.StopSignal;

/**
 * The process behind a {@link TrialProcess}: trains one trial after another, as told on stdin, with
 * images that they share, and answers on stdout. What a trial is, it reads from the sweep's folder.
 * It ends, after a checkpoint, when its stdin does: with the sweep's process.
 */
final class TrialMain {
    private static final long LOOK_MILLIS = 200;

    private final Path folder;
    private final List<String> more;
    private final StopSignal stop;
    private final SharedImages images;
    private final BlockingQueue<TrialOrder> orders = new LinkedBlockingQueue<>();

    private TrialMain(Path folder, List<String> more, StopSignal stop) {
        this.folder = folder;
        this.more = more;
        this.stop = stop;
        this.images = new SharedImages(System.err::println, TrialProcesses.decoded(folder));
    }

    /**
     * Trains what it is told to.
     *
     * @param args the sweep's folder, and further settings of every trial as after {@code --set}
     */
    public static void main(String[] args) throws InterruptedException {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // as Main does
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        try (Interruption interruption = new Interruption(err)) {
            List<String> more = List.of(args).subList(1, args.length);
            new TrialMain(Path.of(args[0]), more, interruption.signal()).work();
        }
        System.exit(0); // whatever threads a library may have left
    }

    private void work() throws InterruptedException {
        Thread reader = new Thread(this::read, "orders");
        reader.setDaemon(true);
        reader.start();
        while (!stop.requested()) {
            TrialOrder order = orders.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (order != null) {
                answer(order);
            }
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.add(TrialOrder.parse(line));
            }
        } catch (IOException e) {
            // as good as an end
        } finally {
            stop.request();
        }
    }

    private void answer(TrialOrder order) throws InterruptedException {
        try {
            TrainingPlan plan = images.sharing(plan(folder, order.id(), more));
            Path run = SweepFolder.run(folder, order.id());
            boolean done =
                    new TrialTraining(plan, run, order.toEpoch())
                            .run(images.of(plan), epoch -> say(TrialProcess.EPOCH), stop);
            say(done ? TrialProcess.DONE : TrialProcess.STOPPED);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // whatever it was, the sweep must hear of it
            List<String> said = Reason.of(e).lines().toList();
            say(TrialProcess.FAILED + " " + said.size());
            said.forEach(TrialMain::say);
        } finally {
            System.gc(); // as in TrialsHere
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /**
     * A trial's plan, with the values that the sweep's journal has of it.
     *
     * @param folder the sweep's
     * @param more further settings, as after {@code --set}
     */
    static TrainingPlan plan(Path folder, int id, List<String> more) {
        SweepState state = SweepState.of(Journal.read(SweepFolder.journal(folder)));
        Point point =
                state.find(id)
                        .map(Trial::point)
                        .orElseThrow(() -> new BadInput("no trial " + id + " in " + folder));
        Definition sweep = SweepReader.read(SweepFolder.file(folder));
        return new TrialPlans(Home.path(), state.directory(), sweep).plan(point, more);
    }
}
