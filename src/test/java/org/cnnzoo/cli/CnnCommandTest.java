package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CnnCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void whatTheCommandReturnsIsTheExitCode() {
        assertThat(run(() -> 0, "play")).isZero();
        assertThat(run(() -> 130, "play")).isEqualTo(130);
        assertThat(err()).isEmpty();
    }

    @Test
    void badInputExitsWith2AndItsOwnWords() {
        assertThat(run(thrower(new BadInput("a.yaml:3:7: no such key\nknown: out")), "play"))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("cnn: a.yaml:3:7: no such key\nknown: out\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void failedWorkExitsWith1() {
        assertThat(run(thrower(new WorkFailed("the loss became NaN")), "play")).isEqualTo(1);
        assertThat(err()).isEqualTo("cnn: the loss became NaN\n");
    }

    @Test
    void aFailureThatAWorkerThreadWrappedIsStillKnown() {
        Exception wrapped = new CompletionException(new WorkFailed("x.png: truncated"));
        assertThat(run(thrower(wrapped), "play")).isEqualTo(1);
        assertThat(err()).isEqualTo("cnn: x.png: truncated\n");
    }

    @Test
    void outOfMemoryExitsWith1AndSaysWhatNeedsLess() {
        Callable<Integer> hungry =
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                };
        assertThat(run(hungry, "play")).isEqualTo(1);
        assertThat(err()).startsWith("cnn: out of memory: Java heap space\n").contains("--batch");
    }

    @Test
    void anythingElseIsOneUnexpectedLine() {
        Exception surprise = new IOException("first\nsecond");
        assertThat(run(thrower(surprise), "play")).isEqualTo(1);
        assertThat(err()).isEqualTo("cnn: unexpected: IOException: first (--debug shows where)\n");
    }

    @Test
    void debugPrintsTheStackTraceWhereverItStands() {
        run(thrower(new WorkFailed("no")), "play", "--debug");
        run(thrower(new WorkFailed("no")), "--debug", "play");
        assertThat(err()).containsSubsequence("cnn: no", "\tat org.cnnzoo", "cnn: no", "\tat ");
    }

    @Test
    void aMistypedOptionNamesTheNearestOne() {
        assertThat(run(() -> 0, "play", "--lenght=2")).isEqualTo(2);
        assertThat(err())
                .isEqualTo(
                        """
                        cnn: unknown option: '--lenght=2'
                        did you mean --length?
                        try 'cnn play --help'
                        """);
    }

    @Test
    void aMistypedCommandNamesTheNearestOne() {
        assertThat(run(() -> 0, "plya")).isEqualTo(2);
        assertThat(err())
                .startsWith("cnn: unknown command 'plya'\n")
                .contains("play")
                .endsWith("try 'cnn --help'\n");
    }

    @Test
    void aValueOfTheWrongTypeIsNamedWithItsOption() {
        assertThat(run(() -> 0, "play", "--length", "long")).isEqualTo(2);
        assertThat(err()).startsWith("cnn: invalid value for option '--length'").contains("'long'");
    }

    @Test
    void formatsAreKnownInAnyCaseAndListedWhenWrong() {
        assertThat(run(() -> 0, "play", "--format", "json")).isZero();
        assertThat(run(() -> 0, "play", "--format", "TABLE")).isZero();
        assertThat(run(() -> 0, "play", "--format", "xml")).isEqualTo(2);
        assertThat(err()).contains("--format", "table or json", "'xml'");
    }

    @Test
    void helpListsTheCommandsWithoutMakingThem() {
        var untouched =
                new CnnCommand.Entry(
                        "play",
                        "Plays.",
                        () -> {
                            throw new AssertionError("made");
                        });
        assertThat(CnnCommand.run(List.of(untouched), new String[] {"--help"}, to(out), to(err)))
                .isZero();
        assertThat(out()).startsWith("Usage: cnn").containsPattern("play +Plays\\.");
    }

    @Test
    void helpOfACommandIsReachedBothWays() {
        assertThat(run(() -> 0, "play", "--help")).isZero();
        String asOption = out();
        out.reset();
        assertThat(run(() -> 0, "help", "play")).isZero();
        assertThat(out()).isEqualTo(asOption).contains("--length", "--debug", "Plays.");
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        List<CommandLine> commands = new ArrayList<>();
        collect(CnnCommand.withEveryCommand(), commands);
        assertThat(commands).hasSizeGreaterThan(15);
        for (CommandLine command : commands) {
            String name = command.getCommandSpec().qualifiedName();
            String[] words = name.substring("cnn".length()).strip().split(" ", -1);
            String[] args =
                    Stream.concat(Stream.of(words), Stream.of("--help")).toArray(String[]::new);
            out.reset();
            assertThat(CnnCommand.run(args, to(out), to(err))).as(name).isZero();
            assertThat(out()).as(name).contains("Usage:", "Example", name + " ");
        }
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        for (CommandLine below : new LinkedHashSet<>(command.getSubcommands().values())) {
            all.add(below);
            collect(below, all);
        }
    }

    @Test
    void noCommandAtAllIsWrongAndShowsTheHelpOnStderr() {
        assertThat(run(() -> 0)).isEqualTo(2);
        assertThat(err()).startsWith("Usage: cnn");
        assertThat(out()).isEmpty();
    }

    @Test
    void versionNamesDeeplearning4jToo() {
        assertThat(run(() -> 0, "--version")).isZero();
        assertThat(out()).startsWith("cnn ").contains("Deeplearning4j 1.0.0-M2.1", "Java ");
    }

    @Command
    private static final class Play implements Callable<Integer> {
        private final Callable<Integer> game;

        @Option(names = "--length")
        private int length;

        @Option(names = "--format")
        private Format format = Format.TABLE;

        Play(Callable<Integer> game) {
            this.game = game;
        }

        @Override
        public Integer call() throws Exception {
            assertThat(length).isZero();
            assertThat(format).isNotNull();
            return game.call();
        }
    }

    private int run(Callable<Integer> game, String... args) {
        var play = new CnnCommand.Entry("play", "Plays.", () -> new Play(game));
        return CnnCommand.run(List.of(play), args, to(out), to(err));
    }

    private static Callable<Integer> thrower(Exception e) {
        return () -> {
            throw e;
        };
    }

    private static PrintStream to(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
