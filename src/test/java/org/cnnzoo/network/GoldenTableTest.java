package org.cnnzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of models.csv, counted on PyTorch builds, holds for our networks to the parameter. */
final class GoldenTableTest {
    private static final Path HOME = Path.of(System.getProperty("cnn.home", "."));

    record Row(String model, String params, List<Integer> input, long parameters, long macs) {}

    static Stream<Row> rows() throws IOException {
        List<String> names = new Zoo(HOME.resolve("configs/models")).names();
        return Files.readAllLines(HOME.resolve("src/test/resources/models.csv")).stream()
                .skip(1)
                .map(GoldenTableTest::row)
                .filter(row -> names.contains(row.model()));
    }

    private static Row row(String line) {
        String[] c = line.split(",", -1);
        return new Row(
                c[0],
                c[1],
                List.of(Integer.valueOf(c[2]), Integer.valueOf(c[3]), Integer.valueOf(c[4])),
                Long.parseLong(c[6]),
                Long.parseLong(c[7]));
    }

    @Test
    void everyModelHasCountsFromElsewhere() throws IOException {
        Zoo zoo = new Zoo(HOME.resolve("configs/models"));
        assertThat(rows().map(Row::model)).containsAll(zoo.names());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void countsAreExact(Row row) {
        List<SetValue> values = new ArrayList<>();
        values.add(SetValue.of("input.shape", row.input().toString(), "--input-size"));
        if (!row.params().isEmpty()) {
            values.add(SetValue.parse("params." + row.params()));
        }
        Network network =
                NetworkBuilder.build(
                        new Zoo(HOME.resolve("configs/models")).load(row.model(), values));
        assertThat(network.parameters()).isEqualTo(row.parameters());
        assertThat(network.macs()).isEqualTo(row.macs());
    }

    @ParameterizedTest
    @MethodSource("names")
    void factsInTheFileHold(String name) {
        Network network =
                NetworkBuilder.build(new Zoo(HOME.resolve("configs/models")).load(name, List.of()));
        assertThat(network.nodes()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void buildsAtItsOwnMinimum(String name) {
        Zoo zoo = new Zoo(HOME.resolve("configs/models"));
        int side = zoo.load(name, List.of()).input().minimum();
        SetValue shape = SetValue.parse("input.shape=" + List.of(1, side, side));
        assertThat(NetworkBuilder.build(zoo.load(name, List.of(shape))).input().height())
                .isEqualTo(side);
    }

    static List<String> names() {
        return new Zoo(HOME.resolve("configs/models")).names();
    }
}
