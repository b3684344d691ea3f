package org.cnnzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cnnzoo.spec.ArchitectureReader;
import org.junit.jupiter.api.Test;

/** What structures make of a network, beyond shapes. */
final class StructuresTest {
    private static Network build(String features) {
        return NetworkBuilder.build(
                ArchitectureReader.parse(
                        "test.yaml",
                        """
                        name: test
                        input: {shape: [8, 16, 16]}
                        params: {classes: 10}
                        head: [global_avg_pool, {classifier: $classes}]
                        """
                                + features,
                        List.of()));
    }

    private static List<Double> dropPaths(Network network) {
        return network.nodes().stream()
                .map(Node::operation)
                .filter(Dropout.class::isInstance)
                .map(operation -> ((Dropout) operation).rate())
                .toList();
    }

    @Test
    void networksDifferInTheFirstLayerThatComputesSomethingElse() {
        Network relu = build("features: [{conv: {out: 4, kernel: 3}}, bn, relu]");
        Network moved = build("features:\n\n  - conv: {out: 4, kernel: 3}\n  - bn\n  - relu\n");
        assertThat(NetworkDifference.between(relu, moved)).isEmpty();
        assertThat(NetworkDifference.between(relu, moved.withFrozenNorms(node -> true))).isEmpty();
        assertThat(
                        NetworkDifference.between(
                                relu, build("features: [{conv: {out: 4, kernel: 3}}, bn, gelu]")))
                .contains("features.2 was relu, and is gelu");
        assertThat(
                        NetworkDifference.between(
                                relu,
                                build(
                                        "features: [{conv: {out: 4, kernel: 3, stride: 2}}, bn,"
                                                + " relu]")))
                .contains("features.0, a conv, has other settings");
        assertThat(
                        NetworkDifference.between(
                                relu, build("features: [{conv: {out: 4, kernel: 3}}, bn]")))
                .hasValueSatisfying(what -> assertThat(what).contains("features.2"));
    }

    @Test
    void linearDropPathGrowsFromNothingToItsRate() {
        Network network =
                build(
                        """
blocks:
  unit: [{residual: {drop_path: {linear: 0.3}, main: [{conv: {out: $in, kernel: 3}}]}}]
features: [{repeat: {count: 4, layers: [unit]}}]
""");
        // torch.linspace(0, 0.3, 4); a rate of 0 needs no node
        assertThat(dropPaths(network))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(0.1, 0.2, 0.3);
    }

    @Test
    void linearDropPathCountsAuxiliaryHeadsAndShortcutsOfTheirOwn() {
        String drop = "drop_path: {linear: 0.8}, ";
        Network network =
                build(
                        """
features:
  - residual: {%smain: [{conv: {out: 8, kernel: 3}}]}
  - aux: {weight: 0.3, layers: [{residual: {%smain: [{conv: {out: 8, kernel: 3}}]}}, global_avg_pool, {classifier: $classes}]}
  - residual: {%smain: [{conv: {out: 8, kernel: 3}}]}
"""
                                .formatted(drop, drop, drop));
        assertThat(dropPaths(network)).containsExactly(0.4, 0.8);
    }

    private static Shape features(String features) {
        return build(features).features();
    }

    @Test
    void aLastWindowOfCeilModeMayLieBeyondAShortMap() {
        // PyTorch: MaxPool2d(3, 2, ceil_mode=True) makes 1x1 of 2x2
        String pools = "features: [{max_pool: {kernel: 8}}, {max_pool: {kernel: 3, stride: 2%s}}]";
        assertThat(features(pools.formatted(", ceil: true"))).isEqualTo(Shape.maps(8, 1, 1));
        assertThatThrownBy(() -> build(pools.formatted("")))
                .hasMessageContaining("a window 3 pixels high does not fit into 2");
        assertThatThrownBy(
                        () ->
                                build(
                                        "features: [{max_pool: {kernel: 8}}, {max_pool: {kernel: 4,"
                                                + " stride: 1, ceil: true}}]"))
                .hasMessageContaining("does not fit");
    }

    @Test
    void copiesOfAStageTakeOneStepAlsoWhereTheFirstTakesTheBlocksOwn() {
        assertThat(
                        features(
                                """
blocks:
  unit: {args: [out, {stride: 2}], layers: [{conv: {out: $out, kernel: 3, stride: $stride}}]}
features: [{stages: {block: unit, columns: [out, repeat], rows: [[4, 3]]}}]
"""))
                .isEqualTo(Shape.maps(4, 8, 8));
    }

    @Test
    void aSliceWithoutAnEndTakesAllThatAreLeftAlsoInABlock() {
        assertThat(
                        features(
                                """
blocks:
  half: [{conv: {out: 64, kernel: 3}}, {slice: {from: 24}}]
features: [half]
"""))
                .isEqualTo(Shape.maps(40, 16, 16));
    }

    @Test
    void aShortcutMayHaveLayersOfItsOwnAndOthersToMeetTheMainPath() {
        assertThat(
                        features(
                                """
features:
  - residual:
      shortcut: [{avg_pool: 2}]
      on_mismatch: [{conv: {out: 4, kernel: 1}}]
      main: [{conv: {out: 4, kernel: 3, stride: 2}}]
"""))
                .isEqualTo(Shape.maps(4, 8, 8));
    }

    @Test
    void aProjectionTakesTheStepThatFits() {
        assertThat(
                        features(
                                """
features:
  - {max_pool: {kernel: 4, stride: 2}}
  - residual: {on_mismatch: project, main: [{conv: {out: 4, kernel: 3, stride: 2, padding: 0}}]}
"""))
                .isEqualTo(Shape.maps(4, 3, 3));
    }

    @Test
    void theGateOfSqueezeAndExciteIsOfOnePixelWhateverConvolutionsAreByDefault() {
        Network plain = build("features: [{squeeze_excite: {ratio: 0.5}}]");
        Network among =
                build(
                        "defaults: {conv: {padding: 1, groups: 2}, conv_bn: {padding: 1, stride: 2,"
                                + " groups: 2}}\nfeatures: [{squeeze_excite: {ratio: 0.5}}]");
        assertThat(among.parameters()).isEqualTo(plain.parameters());
        assertThat(among.features()).isEqualTo(Shape.maps(8, 16, 16));
    }

    @Test
    void whatAnAuxiliaryHeadComputesCannotBeReadOutsideOfIt() {
        assertThatThrownBy(
                        () ->
                                build(
                                        """
features:
  - aux: {weight: 0.3, layers: [{conv: {out: 8, kernel: 3}}, {tap: t}, global_avg_pool, {classifier: $classes}]}
  - from: t
"""))
                .hasMessageContaining("no tap 't' before here");
    }

    @Test
    void whatArrivesIsNotHandedOnToABlockInside() {
        assertThatThrownBy(
                        () ->
                                build(
                                        """
blocks:
  inner: {args: [out], layers: [{conv: {out: $out, kernel: 1}}]}
  outer: [{conv: {out: 64, kernel: 3}}, {inner: [$in]}]
features: [outer]
"""))
                .hasMessageContaining("$in can't be handed on to block inner");
    }

    @Test
    void pathWithoutAShortcutIsNeverDropped() {
        Network network =
                build(
                        """
features:
  - residual: {drop_path: 0.5, on_mismatch: drop, main: [{conv: {out: 9, kernel: 3}}]}
  - residual: {drop_path: 0.5, plain: true, main: [{conv: {out: 9, kernel: 3}}]}
  - residual: {drop_path: 0.25, main: [{conv: {out: 9, kernel: 3}}]}
""");
        assertThat(dropPaths(network)).containsExactly(0.25);
    }

    @Test
    void eachCallHasItsOwnTaps() {
        Network network =
                build(
                        """
blocks:
  unit:
    - tap: before
    - conv: {out: 4, kernel: 3}
    - branches: [{from: before}, []]
features: [unit, unit, {repeat: {count: 2, layers: [{tap: x}, relu, {branches: [{from: x}, []]}]}}]
""");
        assertThat(network.node("features.1.2.concat").inputs())
                .containsExactly("features.0.2.concat", "features.1.1");
        assertThat(network.features().channels()).isEqualTo(64);
    }

    @Test
    void innerCallsSeeTheTapsAroundThem() {
        Network network =
                build(
                        """
                        blocks:
                          back: [{branches: {join: add, of: [{from: start}, []]}}]
                          unit: [{tap: start}, {conv: {out: $in, kernel: 3}}, back]
                        features: [unit, unit]
                        """);
        assertThat(network.node("features.1.2.add").inputs())
                .containsExactly("features.0.2.add", "features.1.1");
    }
}
