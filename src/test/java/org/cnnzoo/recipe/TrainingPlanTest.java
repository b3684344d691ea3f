package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Node;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
    private static TrainingPlan plan(String... sets) {
        return TrainingPlan.of(
                Path.of(System.getProperty("cnn.home", ".")),
                Recipe.ofSets(List.of(sets)),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Node> norms(TrainingPlan plan, boolean frozen) {
        return plan.network().nodes().stream()
                .filter(node -> node.operation() instanceof BatchNorm n && n.frozen() == frozen)
                .toList();
    }

    @Test
    void normalisationsOfFrozenLayersKeepTheirStatistics() {
        TrainingPlan plan = plan("train.model=resnet20_cifar", "train.freeze=features.conv1.*");
        assertThat(norms(plan, true)).isNotEmpty();
        assertThat(norms(plan, true))
                .allSatisfy(node -> assertThat(node.name()).startsWith("features.conv1."));
        assertThat(norms(plan, false)).isNotEmpty();
        // Of a layer whose weight alone is frozen, the statistics go on
        TrainingPlan weights = plan("train.model=resnet20_cifar", "train.freeze=*.weight");
        assertThat(norms(weights, true)).isEmpty();
    }

    @Test
    void aShapeThatWasSetKeepsItsChannelsUnderAnotherSize() {
        TrainingPlan plan =
                TrainingPlan.of(
                        Path.of(System.getProperty("cnn.home", ".")),
                        Recipe.ofSets(List.of("train.model=lenet5", "train.input-size=32")),
                        Optional.of(Recipe.ofSets(List.of("input.shape=[3, 64, 64]"))),
                        Optional.empty());
        assertThat(plan.network().input().toString()).contains("3").contains("32");
        assertThat(plan.network().input().channels()).isEqualTo(3);
        assertThat(plan.network().input().height()).isEqualTo(32);
    }
}
