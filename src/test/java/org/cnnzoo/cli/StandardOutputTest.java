package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int exitCode(OutputStream to, int code) {
        return exitCode(new StandardOutput(to, false), code);
    }

    private int exitCode(StandardOutput output, int code) {
        CnnCommand.run(
                new String[] {"--version"},
                new PrintStream(output, false, UTF_8),
                new PrintStream(err, true, UTF_8));
        return output.exitCode(code, new PrintStream(err, true, UTF_8));
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }

    @Test
    void whatCannotBeWrittenIsAFailure() {
        assertThat(exitCode(failing("No space left on device"), 0)).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .isEqualToIgnoringNewLines(
                        "cnn: the output could not be written: No space left on device");
    }

    @Test
    void aCommandThatFailedHasItsOwnCode() {
        assertThat(exitCode(failing("No space left on device"), 2)).isEqualTo(2);
        assertThat(err.size()).isZero();
    }

    @Test
    void aReaderThatHasSeenEnoughIsNone() {
        assertThat(exitCode(failing("Broken pipe"), 0)).isZero();
        assertThat(exitCode(new StandardOutput(failing("Relais brisé"), true), 0)).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void allThatIsWrittenArrives() {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        assertThat(exitCode(to, 0)).isZero();
        assertThat(to.toString(UTF_8)).startsWith("cnn ");
    }
}
