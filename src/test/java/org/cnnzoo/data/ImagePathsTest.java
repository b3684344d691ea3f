package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.errors.BadInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePathsTest {
    @TempDir private Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name :
                List.of(
                        "b.png",
                        "a.JPG",
                        "notes.txt",
                        "._a.jpg",
                        "c[1].png",
                        "cats/2.png",
                        "cats/1.jpg",
                        "cats/old/0.png")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Files.createDirectory(folder.resolve("empty"));
    }

    private List<String> found(String... named) {
        return ImagePaths.find(List.of(named).stream().map(n -> folder + "/" + n).toList()).stream()
                .map(file -> folder.relativize(file).toString())
                .toList();
    }

    @Test
    void aFolderGivesItsImagesAtAnyDepthSorted() {
        assertThat(found("."))
                .map(name -> Path.of(name).normalize().toString())
                .containsExactly(
                        "a.JPG", "b.png", "c[1].png", "cats/1.jpg", "cats/2.png", "cats/old/0.png");
    }

    /** What bash 5 with globstar gives, for files with an image's name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.png|b.png,c[1].png",
                "*|a.JPG,b.png,c[1].png",
                "?.png|b.png",
                "*.{png,JPG}|a.JPG,b.png,c[1].png",
                "c*/*.png|cats/2.png",
                "**/*.png|b.png,c[1].png,cats/2.png,cats/old/0.png",
                "cats/**/*.png|cats/2.png,cats/old/0.png",
                "**/old/*|cats/old/0.png",
                "cats/[1-2].*|cats/1.jpg,cats/2.png",
            })
    void aGlobGivesWhatMatchesSorted(String glob, String files) {
        assertThat(found(glob)).containsExactly(files.split(","));
    }

    @Test
    void theOrderIsThatOfTheNaming() {
        assertThat(found("cats/2.png", "*.JPG", "b.png", "cats/2.png"))
                .containsExactly("cats/2.png", "a.JPG", "b.png", "cats/2.png");
    }

    @Test
    void aFileIsTakenWhateverItsNameAndWhetherOrNotItIsThere() {
        assertThat(found("notes.txt", "c[1].png", "missing.png"))
                .containsExactly("notes.txt", "c[1].png", "missing.png");
    }

    @Test
    void pathsStayAsTheyWereNamed() {
        assertThat(ImagePaths.find(List.of("src/test/resources/images/", "./pom.xml")))
                .contains(Path.of("src/test/resources/images/cmyk.jpg"), Path.of("./pom.xml"));
        assertThat(ImagePaths.find(List.of("src/test/resources/images/c*.jpg")))
                .containsExactly(Path.of("src/test/resources/images/cmyk.jpg"));
    }

    @ParameterizedTest
    @CsvSource({"*.gif", "none/*.png", "empty", "*/*/*/*.png"})
    void whatGivesNothingIsNamed(String name) {
        assertThatThrownBy(() -> found("b.png", name))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("no image")
                .hasMessageContaining(folder + "/" + name);
    }

    @Test
    void aGlobThatIsNoneSaysWhy() {
        assertThatThrownBy(() -> found("[a-.png"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("[a-.png' is neither a file nor a glob: ");
    }
}
