package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Source.Rank;
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
