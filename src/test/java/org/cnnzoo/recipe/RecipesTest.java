package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {
    private final Recipes recipes =
            new Recipes(Path.of(System.getProperty("cnn.home", ".")).resolve("configs/recipes"));

    @Test
    void everyRecipeReadsAndHasNoIdleKey() {
        assertThat(recipes.names()).contains("quick", "papers/vgg");
        for (String name : recipes.names()) {
            Recipe recipe = recipes.read(name);
            Configuration resolved = Configuration.of(new TreeMap<>(Map.of(Rank.RECIPE, recipe)));
            for (Setting<?> setting : recipe.values().keySet()) {
                assertThat(resolved.idle(setting)).as(name + " " + setting.key()).isEmpty();
            }
        }
    }

    @Test
    void aPapersRecipeNamesItsPaperAndModels() throws IOException {
        for (String name : recipes.names()) {
            if (name.startsWith("papers/")) {
                assertThat(recipes.read(name).models()).as(name).isNotEmpty();
            }
        }
    }

    @Test
    void everyRecipeTrainsTheModelsItWasWrittenFor() {
        Path home = Path.of(System.getProperty("cnn.home", "."));
        List<String> models = new Zoo(home.resolve("configs/models")).names();
        int plans = 0;
        for (String name : recipes.names()) {
            Recipe recipe = recipes.read(name);
            for (String model : models) {
                if (recipe.isFor(model)) {
                    Recipe flags = Recipe.ofSets(List.of("train.model=" + model));
                    TrainingPlan.of(home, flags, Optional.of(recipe), Optional.empty()).check();
                    plans++;
                }
            }
        }
        assertThat(plans).isGreaterThan(recipes.names().size() / 2);
    }

    @Test
    void theResultsInTheDocsAreThoseOfTheirRecipes() throws IOException {
        Path home = Path.of(System.getProperty("cnn.home", "."));
        String page = Files.readString(home.resolve("docs/results.md"));
        ObjectMapper json = new ObjectMapper();
        int results = 0;
        for (String name : recipes.names()) {
            if (!name.startsWith("fashion-mnist/")) {
                continue;
            }
            String own = name.substring("fashion-mnist/".length());
            Path folder = home.resolve("docs/results").resolve(own);
            assertThat(folder.resolve("metrics.jsonl")).isNotEmptyFile();
            assertThat(folder.resolve("report.html")).isNotEmptyFile();
            JsonNode result = json.readTree(folder.resolve("result.json").toFile());
            String row =
                    page.lines()
                            .filter(line -> line.contains("| [" + own + "]("))
                            .findFirst()
                            .get();
            assertThat(row)
                    .contains(
                            String.format(
                                    Locale.ROOT,
                                    "**%.2f**",
                                    100 * result.get("test_top1").asDouble()));
            TrainingPlan plan =
                    TrainingPlan.of(
                            home,
                            Recipe.EMPTY,
                            Optional.of(recipes.read(folder.resolve("config.yaml").toString())),
                            Optional.empty());
            assertThat(plan.network().parameters()).isEqualTo(result.get("parameters").asLong());
            assertThat(plan.network().macs()).isEqualTo(result.get("macs").asLong());
            TrainingPlan now =
                    TrainingPlan.of(
                            home, Recipe.EMPTY, Optional.of(recipes.read(name)), Optional.empty());
            for (Setting<?> setting :
                    List.of(
                            Settings.EPOCHS,
                            Settings.LR,
                            Settings.WEIGHT_DECAY,
                            Settings.RANDOM_ERASE,
                            Settings.LABEL_SMOOTHING)) {
                assertThat(plan.configuration().get(setting))
                        .as("%s of %s", setting.key(), name)
                        .isEqualTo(now.configuration().get(setting));
            }
            results++;
        }
        assertThat(results).isGreaterThanOrEqualTo(10);
    }

    @Test
    void anUnknownNameBringsTheNearestOne() {
        assertThatThrownBy(() -> recipes.read("quik"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no recipe 'quik'; did you mean 'quick'?");
    }

    @Test
    void aFilesPathIsARecipeToo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "lr: 0.3\n");
        assertThat(recipes.read(file.toString()).values()).containsKey(Settings.LR);
        assertThatThrownBy(() -> recipes.read(folder.resolve("none.yaml").toString()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no such file");
    }
}
