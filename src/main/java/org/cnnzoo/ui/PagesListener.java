package org.cnnzoo.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.train.TrainListener;

/**
 * Shows a training's steps on the pages and tells another listener.
 *
 * <p>Every step at first; whenever there are as many as the charts have points, every other one is
 * forgotten and only half as many are added from then on. So neither the pages' memory nor the time
 * that they take grows with the training.
 */
final class PagesListener implements TrainListener {
    private static final int MOST_SNAPSHOTS = 512;

    private final PageServer server;
    private final Samples samples;
    private final TrainListener next;
    private final long began = System.nanoTime();
    private List<float[]> before;
    private long period = 1;
    private long steps;
    private int snapshots;
    private long images;
    private long imagesSince;
    private long stepsSince;
    private long since = began;

    PagesListener(PageServer server, Samples samples, TrainListener next) {
        this.server = server;
        this.samples = samples;
        this.next = next;
        this.before = samples.parameters();
    }

    @Override
    public void epochStarted(int epoch, int epochs, int steps, int firstStep) {
        before = samples.parameters(); // a run that goes on has been restored by now
        restartClock(); // validation doesn't count
        next.epochStarted(epoch, epochs, steps, firstStep);
    }

    private void restartClock() {
        since = System.nanoTime();
        imagesSince = 0;
        stepsSince = 0;
    }

    @Override
    public void stepDone(StepReport report) {
        steps++;
        stepsSince++;
        images += report.images();
        imagesSince += report.images();
        boolean shown = steps % period == 0;
        boolean nextShown = (steps + 1) % period == 0;
        if (shown || nextShown) {
            List<float[]> now = samples.parameters();
            if (shown) {
                show(report, now);
            }
            before = now;
        }
        next.stepDone(report);
    }

    private void show(StepReport report, List<float[]> after) {
        long now = System.nanoTime();
        double seconds = Math.max(1, now - since) / 1e9;
        server.show(
                new Snapshot(
                        report.iteration(),
                        report.loss(),
                        report.lr(),
                        (now - began) / 1_000_000,
                        images,
                        imagesSince / seconds,
                        stepsSince / seconds,
                        figures(after),
                        figures(samples.gradients()),
                        figures(differences(after, before))));
        snapshots++;
        if (snapshots == MOST_SNAPSHOTS) {
            snapshots = server.forgetEveryOther();
            period *= 2;
        }
        restartClock();
    }

    private Map<String, Figures> figures(List<float[]> arrays) {
        List<String> names = samples.names();
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (int i = 0; i < arrays.size(); i++) {
            figures.put(names.get(i), Figures.of(arrays.get(i)));
        }
        return figures;
    }

    private static List<float[]> differences(List<float[]> after, List<float[]> before) {
        List<float[]> differences = new ArrayList<>(after.size());
        for (int i = 0; i < after.size(); i++) {
            float[] difference = after.get(i).clone();
            for (int k = 0; k < difference.length; k++) {
                difference[k] -= before.get(i)[k];
            }
            differences.add(difference);
        }
        return differences;
    }

    @Override
    public void validationStarted(int epoch) {
        next.validationStarted(epoch);
    }

    @Override
    public void validationDone(int epoch, long images, double seconds) {
        next.validationDone(epoch, images, seconds);
    }

    @Override
    public void epochDone(EpochRecord record, EvalResult validation, boolean best) {
        next.epochDone(record, validation, best);
    }
}
