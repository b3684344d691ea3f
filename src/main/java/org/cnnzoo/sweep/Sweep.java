package org.cnnzoo.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cnnzoo.errors.Reason;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.train.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * The loop: what is next is asked of the {@link Planner}, written down in the journal, and given to
 * the {@link TrialRunner}; what came of it is written down too.
 */
public final class Sweep {
    private static final long LOOK_MILLIS = 200;

    private final Definition sweep;
    private final Path folder;
    private final Journal journal;
    private final SweepState state;
    private final Planner planner;
    private final TrialRunner runner;
    private final SweepListener listener;
    private final StopSignal stop;
    private final double elapsedBefore;
    private final long began = System.nanoTime();
    private final Set<Integer> active = new HashSet<>();
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private volatile @Nullable WorkFailed unwritable;
    private boolean outOfTime;

    /** How a job ended; without cost and error it was stopped. */
    private record Ended(Job job, Optional<TrialRunner.Cost> cost, @Nullable Throwable error) {}

    /**
     * @param journal open; {@code events} are what it holds
     * @param plans for how many epochs a trial has
     * @param stop ends the sweep, and the trials as soon as they have a checkpoint
     */
    public Sweep(
            Definition sweep,
            Path folder,
            Journal journal,
            List<Event> events,
            TrialPlans plans,
            TrialRunner runner,
            SweepListener listener,
            StopSignal stop) {
        this.sweep = sweep;
        this.folder = folder;
        this.journal = journal;
        this.state = SweepState.of(events);
        this.planner = new Planner(sweep, plans);
        this.runner = runner;
        this.listener = listener;
        this.stop = stop;
        this.elapsedBefore = state.elapsed();
    }

    /**
     * Runs until nothing is left to do, the budget is spent or somebody asks to stop.
     *
     * @param jobs trials at a time
     * @throws WorkFailed if the journal can't be written
     */
    public SweepState run(int jobs) {
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            while (true) {
                begin(threads, jobs);
                if (active.isEmpty()) {
                    return state;
                }
                Ended one = ended.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                WorkFailed broken = unwritable;
                if (broken != null) {
                    throw broken;
                }
                if (one != null) {
                    end(one);
                }
                if (sweep.budget().isSpent(elapsed()) && !stop.requested()) {
                    outOfTime = true;
                    stop.request();
                }
            }
        } catch (InterruptedException e) {
            stop.request();
            Thread.currentThread().interrupt();
            return state;
        } catch (RuntimeException | Error e) {
            stop.request(); // or trials would go on in a folder that is nobody's any longer
            throw e;
        } finally {
            threads.shutdown();
        }
    }

    private synchronized void begin(ExecutorService threads, int jobs) {
        while (active.size() < jobs && !stop.requested() && !sweep.budget().isSpent(elapsed())) {
            Optional<Planner.Step> step = planner.next(state, active);
            if (step.isEmpty()) {
                return;
            }
            if (step.get() instanceof Planner.Propose p) {
                note(new Event.Proposed(elapsed(), p.id(), p.point().values()));
            } else if (step.get() instanceof Planner.Work work) {
                Job job = work.job();
                note(new Event.Started(elapsed(), job.id(), job.toEpoch()));
                active.add(job.id());
                listener.started(state, job);
                threads.execute(() -> ended.add(work(job)));
            }
        }
    }

    private Ended work(Job job) {
        try {
            return new Ended(job, runner.run(job, epoch -> epochDone(job, epoch)), null);
        } catch (Throwable e) { // whatever it was, the loop must hear of it
            return new Ended(job, Optional.empty(), e);
        }
    }

    private synchronized void epochDone(Job job, EpochRecord epoch) {
        try {
            note(new Event.EpochDone(elapsed(), job.id(), epoch.epoch()));
        } catch (WorkFailed e) { // the sweep's end, and no fault of the trial
            unwritable = e;
            stop.request();
        }
        listener.epochDone(state, job, epoch);
    }

    private synchronized void end(Ended one) {
        Job job = one.job();
        active.remove(job.id());
        Throwable error = one.error();
        if (error != null) {
            note(failed(job, Reason.of(error)));
        } else if (one.cost().isPresent()) {
            note(reached(job, one.cost().get()));
        } else {
            note(new Event.Stopped(elapsed(), job.id()));
        }
        listener.ended(state, job);
    }

    private Event reached(Job job, TrialRunner.Cost cost) {
        RunFiles run = new RunFiles(SweepFolder.run(folder, job.id()));
        List<EpochRecord> epochs = MetricsFile.read(run.metrics());
        Optional<EpochRecord> best = sweep.objective().best(epochs);
        if (best.isEmpty()) {
            return failed(job, "no epoch was done");
        }
        EpochRecord record = best.get();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("epoch", (double) record.epoch());
        metrics.put("epochs", (double) epochs.size());
        metrics.put("val_top1", record.valTop1());
        metrics.put("val_top5", record.valTop5());
        metrics.put("val_loss", record.valLoss());
        metrics.put("train_top1", record.trainTop1());
        metrics.put("train_loss", record.trainLoss());
        metrics.put("images_per_second", record.imagesPerSecond());
        metrics.put("seconds", epochs.stream().mapToDouble(EpochRecord::seconds).sum());
        metrics.put("parameters", (double) cost.parameters());
        metrics.put("macs", (double) cost.macs());
        boolean whole = Files.exists(run.result());
        double value = sweep.objective().of(record);
        return new Event.Reached(elapsed(), job.id(), epochs.size(), whole, value, metrics);
    }

    private Event failed(Job job, String reason) {
        int epochs = state.find(job.id()).map(Trial::spent).orElse(0);
        return new Event.Failed(elapsed(), job.id(), epochs, reason);
    }

    private void note(Event event) {
        journal.add(event);
        state.apply(event);
    }

    /** Whether somebody stopped it, and not its own want of time. */
    public boolean wasInterrupted() {
        return stop.requested() && !outOfTime;
    }

    /** Whether it ended for want of time. */
    public boolean timeIsUp() {
        return sweep.budget().isSpent(elapsed()) && !isFinished();
    }

    private boolean isFinished() {
        return planner.next(state, Set.of()).isEmpty();
    }

    private double elapsed() {
        double now = elapsedBefore + (System.nanoTime() - began) / 1e9;
        return Math.round(now * 1000) / 1000.0;
    }
}
