package org.cnnzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

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
