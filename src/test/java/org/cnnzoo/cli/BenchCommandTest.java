package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return CnnCommand.run(
                args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--engine onednm | --engine must be auto, onednn or nd4j, not 'onednm'; did you"
                        + " mean 'onednn'?",
                "--precision bf16 --engine nd4j | --precision bf16 can't run lenet5: only the"
                        + " onednn engine has it",
                "--precision bf1 | --precision must be fp32 or bf16, not 'bf1'; did you mean"
                        + " 'bf16'?",
                "--amp --precision bf16 | --amp and --precision set the same; give one of them",
                "--mode trian | train, inference or both, not 'trian'; did you mean 'train'?",
                "--batch-size 0 | --batch-size must be 1 or more, not 0",
                "--warmup -1 | --warmup must be 0 or more, not -1",
                "--steps 0 | --steps must be 1 or more, not 0",
                "--seconds -0.5 | --seconds must be 0 or more, not -0.5",
                "--seconds NaN | --seconds must be 0 or more, not NaN",
                "--threads 0 | --threads must be 1 or more, not 0",
                "--format xml | expected table or json",
                "--set params.poling=max | did you mean 'pooling'?",
            })
    void wrongFlagsSayWhatWouldBeRight(String flags, String message) {
        List<String> args = new ArrayList<>(List.of("bench", "--model", "lenet5"));
        args.addAll(List.of(flags.split(" ")));
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("cnn: ").contains(message);
        assertThat(err.toString(UTF_8).lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(out.size()).isZero();
    }

    @Test
    void aModelMustBeNamed() {
        assertThat(run("bench")).isEqualTo(2);
        assertThat(run("bench", "--model", "lenett")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("which model?", "did you mean 'lenet'?");
    }
}
