package org.cnnzoo.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ArchitectureReaderTest {
    private static Architecture read(String features) {
        return ArchitectureReader.parse(
                "test.yaml",
                """
                name: test
                input: {shape: [3, 32, 16], minimum: 8}
                params: {classes: 10}
                head: [{classifier: $classes}]
                """
                        + features,
                List.of());
    }

    @Test
    void readsWhatTheNetworkTakes() {
        Architecture test = read("features: [relu]\n");
        assertThat(test.input().height()).isEqualTo(32);
        assertThat(test.input().width()).isEqualTo(16);
        assertThat(test.input().minimum()).isEqualTo(8);
        assertThat(test.classes()).isEqualTo(10);
        assertThat(test.family()).isEqualTo("test");
    }

    @Test
    void layersKnowTheirLine() {
        Layer second = read("features:\n  - relu\n  - tanh\n").features().get(1);
        assertThat(second.where()).isEqualTo(new Where("test.yaml", 7, 5));
    }

    @Test
    void nearerDefaultsWin() {
        Architecture test =
                read(
                        """
                        defaults:
                          conv: {bias_init: 1, init: xavier}
                          conv_bn: {init: lecun}
                        features:
                          - conv_bn: {out: 8, kernel: 3}
                          - conv_bn: {out: 8, kernel: 3, init: torch}
                        """);
        assertThat(conv(test, 0).init("init").kind()).isEqualTo(Init.Kind.LECUN);
        assertThat(conv(test, 0).number("bias_init")).isEqualTo(1);
        assertThat(conv(test, 1).init("init").kind()).isEqualTo(Init.Kind.TORCH);
    }

    private static Arguments conv(Architecture architecture, int index) {
        Layer.Group group = (Layer.Group) architecture.features().get(index);
        return ((Layer.Single) group.layers().get(0)).arguments();
    }

    @Test
    void convolutionBeforeNormalisationHasNoBias() {
        Architecture test =
                read(
                        """
                        features:
                          - conv_bn: {out: 8, kernel: 3}
                          - conv_bn: {out: 8, kernel: 3, bn: false}
                          - conv_bn: {out: 8, kernel: 3, bias: true}
                        """);
        assertThat(conv(test, 0).flag("bias")).isFalse();
        assertThat(conv(test, 1).flag("bias")).isTrue();
        assertThat(conv(test, 2).flag("bias")).isTrue();
    }

    @Test
    void multiplierRoundsAsMobileNetDoes() {
        Architecture test =
                ArchitectureReader.parse(
                        "test.yaml",
                        """
name: test
input: {shape: [3, 32, 32]}
params: {classes: 10, width: 0.35}
channels: {multiplier: $width, divisor: 8}
features: [{conv_bn: {out: 32, kernel: 3}}, {conv_bn: {out: 1280, kernel: 1, min_multiplier: 1.0}}]
head: [{classifier: $classes}]
""",
                        List.of());
        // torchvision: _make_divisible(32 * 0.35, 8) is 16, for 8 would be less than 90 %
        assertThat(conv(test, 0).channels("out")).isEqualTo(new ChannelCount.Exact(16));
        assertThat(conv(test, 1).channels("out")).isEqualTo(new ChannelCount.Exact(1280));
    }

    @Test
    void copiesAfterTheFirstTakeStrideOne() {
        Architecture test =
                read(
                        """
blocks:
  unit: {args: [out, stride], layers: [{conv: {out: $out, kernel: 3, stride: $stride}}]}
features:
  - stages: {block: unit, columns: [out, repeat, stride], rows: [[8, 3, 2]]}
""");
        assertThat(test.features().toString().split("stride=2", -1)).hasSize(2);
    }

    @Test
    void blockDoesNotSeeItsCallersArguments() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        blocks:
                                          outer: {args: [out], layers: [inner]}
                                          inner: [{conv: {out: $out, kernel: 3}}]
                                        features: [{outer: 8}]
                                        """))
                .hasMessageContaining("nothing here is called $out");
    }
}
