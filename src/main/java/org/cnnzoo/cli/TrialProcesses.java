package org.cnnzoo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.sweep.Job;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.TrialRunner;
import org.cnnzoo.train.StopSignal;

/** Each trial in a process of its own, started as this one was. */
final class TrialProcesses implements TrialRunner {
    /** 128 and SIGTERM's number. */
    private static final int TERMINATED = 143;

    private static final int MOST_ERROR_LINES = 3;

    private final TrialPlans plans;
    private final Path folder;
    private final List<String> more;
    private final StopSignal stop;

    /**
     * @param more settings of every trial, as after {@code --set}
     */
    TrialProcesses(TrialPlans plans, Path folder, List<String> more, StopSignal stop) {
        this.plans = plans;
        this.folder = folder;
        this.more = List.copyOf(more);
        this.stop = stop;
    }

    @Override
    public Optional<Cost> run(Job job, Consumer<EpochRecord> epochs) {
        TrainingPlan plan = plans.plan(job.point(), more);
        RunFiles run = new RunFiles(SweepFolder.run(folder, job.id()));
        Path err = run.folder().resolveSibling(run.name() + ".err");
        try {
            Process process = new ProcessBuilder(command(job)).redirectError(err.toFile()).start();
            Thread stopper = stopper(process);
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), Charset.defaultCharset()))) {
                while (lines.readLine() != null) {
                    List<EpochRecord> records = MetricsFile.read(run.metrics());
                    epochs.accept(records.get(records.size() - 1));
                }
                int code = process.waitFor();
                stopper.join();
                return result(code, plan, err);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new WorkFailed("trial " + job.id() + " could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Cost> result(int code, TrainingPlan plan, Path err) throws IOException {
        if (code == 0) {
            Files.deleteIfExists(err);
            return Optional.of(TrialsHere.cost(plan));
        }
        if (code == TrainCommand.INTERRUPTED || code == TERMINATED) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(err, Charset.defaultCharset());
        String said =
                lines.stream()
                        .dropWhile(line -> !line.startsWith("cnn: "))
                        .limit(MOST_ERROR_LINES)
                        .collect(Collectors.joining(System.lineSeparator()));
        throw new WorkFailed(
                said.isEmpty()
                        ? "its process ended with exit code %d; see %s".formatted(code, err)
                        : said.substring("cnn: ".length()));
    }

    /** Ends the process, which writes a checkpoint first, when the sweep is to stop. */
    private Thread stopper(Process process) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
                                    if (stop.requested()) {
                                        process.destroy();
                                        return;
                                    }
                                }
                            } catch (InterruptedException e) {
                                process.destroy();
                            }
                        },
                        "stops a trial");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private List<String> command(Job job) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(TrialMain.class.getName());
        command.addAll(
                List.of(
                        folder.toString(),
                        Integer.toString(job.id()),
                        Integer.toString(job.toEpoch())));
        command.addAll(more);
        return command;
    }
}
