package org.cnnzoo.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Recipes;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardsTest {
    private static final Path CONFIGS = Path.of("configs");
    private static final Path DOCS = Path.of("docs");
    private static final Zoo ZOO = new Zoo(CONFIGS.resolve("models"));
    private static final int LARGEST_DRAWING = 60_000;

    private static final Map<String, String> FILES = ModelCards.of(CONFIGS).files();

    @Test
    void docsAreUpToDate() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            assertThat(DOCS.resolve(file.getKey()))
                    .as("scripts/model-cards writes it anew")
                    .hasContent(file.getValue());
        }
        assertThat(ModelCards.drawings(DOCS)).hasSize(FILES.size() - 1);
    }

    @Test
    void everyModelHasACardAndADrawing() {
        String page = FILES.get("models.md");
        for (String name : ZOO.names()) {
            assertThat(page).contains("\n### " + name + "\n", "(images/models/" + name + ".svg)");
            assertThat(FILES.get("images/models/" + name + ".svg"))
                    .as(name)
                    .hasSizeBetween(1000, LARGEST_DRAWING);
        }
    }

    @Test
    void writingTakesDrawingsAwayOfModelsThatAreNoMore(@TempDir Path docs) throws IOException {
        Path old = docs.resolve("images/models/old.svg");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "");
        ModelCards.of(CONFIGS).writeTo(docs);
        assertThat(old).doesNotExist();
        assertThat(docs.resolve("models.md")).hasContent(FILES.get("models.md"));
    }

    /** What the prose tells a reader to type. */
    @Test
    void settingsAndRecipesThatCardsNameExist() throws IOException {
        Recipes recipes = new Recipes(CONFIGS.resolve("recipes"));
        int named = 0;
        for (Path card : cards()) {
            String family = card.getFileName().toString().replace(".md", "");
            String model =
                    ZOO.names().stream()
                            .filter(name -> ZOO.load(name, List.of()).family().equals(family))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no model of " + card));
            String text = Files.readString(card);
            Matcher set = Pattern.compile("set (params\\.\\w+=\\w[\\w.]*)").matcher(text);
            while (set.find()) {
                ZOO.load(model, List.of(SetValue.parse(set.group(1))));
                named++;
            }
            Matcher recipe = Pattern.compile("--recipe ([\\w/-]+)").matcher(text);
            while (recipe.find()) {
                Recipe read = recipes.read(recipe.group(1));
                named++;
                assertThat(read.models().isEmpty() || read.isFor(model)).as(model).isTrue();
            }
            assertThat(text).contains("## Introduced", "## Training here");
        }
        assertThat(named).isGreaterThan(10);
    }

    private static List<Path> cards() throws IOException {
        try (Stream<Path> cards = Files.list(CONFIGS.resolve("models/cards"))) {
            return cards.sorted().toList();
        }
    }

    @Test
    void familiesWithoutACardAreNamed(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> Family.read(folder, "lenet5"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("lenet5.md");
        Files.writeString(folder.resolve("lenet5.md"), "# LeNet (1998)\n\n## Introduced\nx\n");
        assertThatThrownBy(() -> Family.read(folder, "lenet5"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("'## What copies get wrong'");
    }
}
