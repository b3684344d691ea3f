package org.cnnzoo.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cnnzoo.console.Interruption;
import org.cnnzoo.errors.WorkFailed;

/** A process started as this one was, that trains one trial after another: {@link TrialMain}. */
final class TrialProcess implements AutoCloseable {
    static final String EPOCH = "epoch";
    static final String DONE = "done";
    static final String STOPPED = "stopped";
    static final String FAILED = "failed";

    /** A step is over long before; what hangs is killed. */
    private static final long LONGEST_END_SECONDS = 60;

    private static final int MOST_ERROR_LINES = 3;

    /** In place of an exit code that nobody could wait for. */
    private static final int UNKNOWN = -1;

    /**
     * Exit codes after Ctrl-C and SIGTERM, which a terminal or a system sends to all processes at
     * once.
     */
    private static final Set<Integer> SIGNALLED = Set.of(Interruption.EXIT_CODE, 128 + 15);

    private final Process process;
    private final Path err;
    private final BufferedReader answers;
    private final PrintWriter orders;
    private volatile boolean stopped;
    private boolean idle = true;

    private TrialProcess(Process process, Path err) {
        this.process = process;
        this.err = err;
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), Charset.defaultCharset()));
        this.orders = new PrintWriter(process.getOutputStream(), true, Charset.defaultCharset());
    }

    /**
     * Starts one.
     *
     * @param folder the sweep's
     * @param more settings of every trial, as after {@code --set}
     * @param err where its stderr goes
     */
    static TrialProcess start(Path folder, List<String> more, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(folder, more));
        return new TrialProcess(builder.redirectError(err.toFile()).start(), err);
    }

    /**
     * Has a trial trained.
     *
     * @param epoch called after each epoch
     * @return whether it came where it should, rather than being stopped
     * @throws WorkFailed with what was wrong, or if the process died
     */
    boolean train(TrialOrder order, Runnable epoch) throws IOException {
        idle = false;
        orders.println(order.line());
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals(EPOCH)) {
                epoch.run();
            } else if (line.equals(DONE) || line.equals(STOPPED)) {
                idle = true;
                return line.equals(DONE);
            } else if (line.startsWith(FAILED)) {
                String reason = reason(Integer.parseInt(line.substring(FAILED.length()).strip()));
                idle = true;
                throw new WorkFailed(reason);
            }
        }
        int code = exitCode();
        if (wasAsked(code)) {
            return false; // perhaps before it had read its order
        }
        throw new WorkFailed("its process died, with exit code %d; see %s".formatted(code, err));
    }

    private String reason(int lines) throws IOException {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            said.add(answers.readLine());
        }
        return String.join(
                System.lineSeparator(), said.subList(0, Math.min(lines, MOST_ERROR_LINES)));
    }

    /** Its trial is stopped after a checkpoint, and it ends. */
    void stop() {
        stopped = true;
        orders.close();
    }

    /** Whether somebody asked for its end. */
    private boolean wasAsked(int code) {
        return SIGNALLED.contains(code) || (stopped && code == 0);
    }

    /** Whether it has answered its last order: it may have another. */
    boolean isIdle() {
        return idle;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private int exitCode() {
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    /** Waits for its end; its stderr is kept only if that was not as it should be. */
    @Override
    public void close() {
        stop();
        if (wasAsked(exitCode())) {
            try {
                Files.deleteIfExists(err);
            } catch (IOException e) {
                throw new WorkFailed("could not delete " + err + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<String> command(Path folder, List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(TrialMain.class.getName());
        command.add(folder.toString());
        command.addAll(more);
        return command;
    }
}
