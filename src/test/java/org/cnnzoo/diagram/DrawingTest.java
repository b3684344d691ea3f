package org.cnnzoo.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.diagram.Mark.Point;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every network of the zoo, and those outside of it, are drawn without anything in the way. */
class DrawingTest {
    private static final double HAIR = 0.01;

    static Stream<Network> networks() {
        return Stream.of("configs/models", "src/test/resources/outside")
                .map(folder -> new Zoo(Path.of(folder)))
                .flatMap(zoo -> zoo.names().stream().map(name -> zoo.load(name, List.of())))
                .map(NetworkBuilder::build);
    }

    private static <M> List<M> marks(Drawing drawing, Class<M> type) {
        return drawing.marks().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static boolean overlap(Mark a, Mark b) {
        return a.left() < b.right() - HAIR
                && b.left() < a.right() - HAIR
                && a.top() < b.bottom() - HAIR
                && b.top() < a.bottom() - HAIR;
    }

    private static void assertNothingOverlaps(Drawing drawing) {
        List<Mark> solid = new ArrayList<>(marks(drawing, Mark.Rect.class));
        solid.addAll(marks(drawing, Mark.Label.class));
        for (int i = 0; i < solid.size(); i++) {
            for (Mark other : solid.subList(0, i)) {
                assertThat(overlap(solid.get(i), other))
                        .as("%s and %s", solid.get(i), other)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void noBoxOrTextLiesOnAnother(Network network) {
        assertNothingOverlaps(Drawing.of(network));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everythingIsInsideThePage(Network network) {
        Drawing drawing = Drawing.of(network);
        for (Mark mark : drawing.marks()) {
            assertThat(mark.left()).as("%s", mark).isNotNegative();
            assertThat(mark.top()).as("%s", mark).isNotNegative();
            assertThat(mark.right()).as("%s", mark).isLessThanOrEqualTo(drawing.width());
            assertThat(mark.bottom()).as("%s", mark).isLessThanOrEqualTo(drawing.height());
        }
    }

    /** Lines may touch the border of a box, where they begin and end. */
    private static void assertNoLineCrossesABox(Drawing drawing) {
        List<Mark.Rect> boxes = marks(drawing, Mark.Rect.class);
        for (Mark.Line line : marks(drawing, Mark.Line.class)) {
            for (int i = 1; i < line.points().size(); i++) {
                Point a = line.points().get(i - 1);
                Point b = line.points().get(i);
                for (Mark.Rect box : boxes) {
                    assertThat(crosses(a, b, box)).as("%s to %s, %s", a, b, box).isFalse();
                }
            }
        }
    }

    private static boolean crosses(Point a, Point b, Mark.Rect box) {
        for (int i = 0; i <= 200; i++) {
            double x = a.x() + (b.x() - a.x()) * i / 200;
            double y = a.y() + (b.y() - a.y()) * i / 200;
            if (x > box.left() + HAIR
                    && x < box.right() - HAIR
                    && y > box.top() + HAIR
                    && y < box.bottom() - HAIR) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void noLineCrossesABox(Network network) {
        assertNoLineCrossesABox(Drawing.of(network));
    }

    /** Copies that are not drawn are counted by the frame round the one that is. */
    @ParameterizedTest
    @MethodSource("networks")
    void everyNodeIsInTheFigureOnce(Network network) {
        assertThat(Decomposition.of(network).nodes().map(node -> node.name()))
                .containsExactlyInAnyOrderElementsOf(
                        network.nodes().stream().map(node -> node.name()).toList());
        assertThat(Decomposition.of(network).parameters()).isEqualTo(network.parameters());
    }

    @Test
    void pathsThatCrossAreDrawnInRowsWithoutCrossingABox() throws IOException {
        String file = Files.readString(Path.of("src/test/resources/diagram/crossing.yaml"));
        Network network =
                NetworkBuilder.build(ArchitectureReader.parse("crossing.yaml", file, List.of()));
        Drawing drawing = Drawing.of(network);
        assertThat(Decomposition.of(network).items()).anyMatch(Figure.Tangle.class::isInstance);
        assertThat(marks(drawing, Mark.Label.class))
                .extracting(Mark.Label::text)
                .contains("training only", "loss x 0.5", "of a");
        assertNothingOverlaps(drawing);
        assertNoLineCrossesABox(drawing);
        assertThat(Decomposition.of(network).nodes()).hasSameSizeAs(network.nodes());
    }

    /** What nobody would publish, but the grammar allows; the features of a file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{branches: {join: multiply, of: [[], []]}}]",
                "[{branches: {join: add, of: [[], [], [relu]]}}]",
                "[{aux: {weight: 1, layers: [{classifier: 10}]}}, relu]",
                "[{tap: image}, {conv: {out: 4, kernel: 3}}, {from: image}]",
                "[{residual: {join: concat, main: [{conv: {out: 4, kernel: 1}}]}}]",
                "[{residual: {main: [{aux: {weight: 1, layers: [{classifier: 10}]}}, relu]}}]",
                "[{repeat: {count: 3, layers: [{aux: {weight: 1, layers: [{classifier: 10}]}},"
                        + " {residual: [relu]}]}}]",
                "[{branches: [[{branches: [[relu], [tanh]]}], [{branches: [[], [relu]]}]]}]",
            })
    void oddNetworksAreDrawnToo(String features) {
        String file =
                "name: odd\ninput: {shape: [3, 8, 8]}\nparams: {classes: 10}\nfeatures: "
                        + features
                        + "\nhead: [global_avg_pool, {classifier: $classes}]\n";
        Network network =
                NetworkBuilder.build(ArchitectureReader.parse("odd.yaml", file, List.of()));
        Drawing drawing = Drawing.of(network);
        assertNothingOverlaps(drawing);
        assertNoLineCrossesABox(drawing);
        assertThat(Decomposition.of(network).nodes()).hasSameSizeAs(network.nodes());
    }
}
