package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Shape;
import org.cnnzoo.spec.YamlReader;
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
    void theExampleInTheDocsIsARecipe() throws IOException {
        Path home = Path.of(System.getProperty("cnn.home", "."));
        String page = Files.readString(home.resolve("docs/recipes.md"));
        String after = page.substring(page.indexOf("\n## A recipe file"));
        String example = after.substring(after.indexOf("```yaml\n") + 8, after.indexOf("\n```\n"));
        Recipe recipe = Recipe.ofFile(YamlReader.parse("docs/recipes.md", example));
        TrainingPlan plan =
                TrainingPlan.of(
                        home,
                        Recipe.ofSets(List.of("train.model=vgg11_bn")),
                        Optional.of(recipe),
                        Optional.empty());
        assertThat(rates(plan)).containsExactly(0.3);
        assertThat(plan.configuration().get(Settings.EPOCHS)).isEqualTo(60);
        assertThat(plan.network().nodes().stream().map(Node::operation))
                .filteredOn(BatchNorm.class::isInstance)
                .isNotEmpty()
                .allMatch(norm -> ((BatchNorm) norm).eps() == 1e-3);
        plan.check();
    }

    private static TrainingPlan over(String recipe, String... sets) {
        return TrainingPlan.of(
                Path.of(System.getProperty("cnn.home", ".")),
                Recipe.ofSets(List.of(sets)),
                Optional.of(Recipe.ofSets(List.of(recipe))),
                Optional.empty());
    }

    private static List<Double> rates(TrainingPlan plan) {
        return plan.network().nodes().stream()
                .filter(node -> node.operation() instanceof Dropout)
                .map(node -> ((Dropout) node.operation()).rate())
                .distinct()
                .toList();
    }

    @Test
    void aValueOfTheFileOnTheCommandLineStandsAboveARecipesSetting() {
        TrainingPlan plan =
                over("train.dropout=0.5", "train.model=vgg11_bn", "params.dropout=0.125");
        assertThat(rates(plan)).containsExactly(0.125);
        assertThat(plan.configuration().find(Settings.DROPOUT)).isEmpty();
        assertThat(rates(over("params.dropout=0.5", "train.model=vgg11_bn", "train.dropout=0.25")))
                .containsExactly(0.25);
        assertThat(over("train.classes=12", "train.model=lenet5", "params.classes=20").network())
                .extracting(Network::classes)
                .isEqualTo(20);
        TrainingPlan shaped =
                over("train.input-size=32", "train.model=lenet5", "input.shape=[1, 48, 40]");
        assertThat(shaped.network().input()).isEqualTo(Shape.maps(1, 48, 40));
    }

    @Test
    void theSameTwiceOnTheCommandLineIsAnError() {
        assertThatThrownBy(
                        () -> plan("train.model=vgg11_bn", "train.dropout=0.5", "params.dropout=0"))
                .hasMessageContaining("--dropout and --set params.dropout set the same");
        assertThatThrownBy(
                        () -> plan("train.model=lenet5", "train.classes=12", "params.classes=20"))
                .hasMessageContaining("--classes and --set params.classes set the same");
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
