package org.cnnzoo.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbersStandToTheRightAndNoLineEndsInSpaces() {
        Table table =
                new Table("name", "parameters", "input", "loss")
                        .row("lenet5", 61_706, "1x28x28", 0.25)
                        .row("vgg11_bn", 132_868_840L, "3x224x224", "");
        assertThat(printed(table))
                .isEqualTo(
                        """
                        name       parameters  input       loss
                        lenet5         61,706  1x28x28    0.250
                        vgg11_bn  132,868,840  3x224x224
                        """);
    }

    @Test
    void numbersAlreadyWrittenOutStandToTheRightToo() {
        Table table = new Table("share", "size").row("98.5 %", "1.2M").row("7 %", "10M");
        assertThat(printed(table))
                .isEqualTo(
                        """
                         share  size
                        98.5 %  1.2M
                           7 %   10M
                        """);
    }

    @Test
    void oneWordMakesAColumnText() {
        assertThat(printed(new Table("stride").row(1).row("none"))).isEqualTo("stride\n1\nnone\n");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table("a", "b").row(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells under 2 headings");
    }

    private static String printed(Table table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.print(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8);
    }
}
