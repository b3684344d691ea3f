package org.cnnzoo.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Split;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.TrainingPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedImagesTest {
    @TempDir private Path folder;

    private final List<String> notices = new ArrayList<>();
    private Path photos;
    private Path first;
    private Path decoded;

    @BeforeEach
    void writePhotos() throws IOException {
        photos = folder.resolve("photos");
        decoded = folder.resolve("decoded");
        first = photos.resolve("train/a/0.bmp");
        for (String name : List.of("train/a/0.bmp", "train/b/0.bmp", "val/a/0.bmp")) {
            photo(photos.resolve(name), 100);
        }
    }

    /** BMP: as long, whatever is in it. */
    private static void photo(Path file, int level) throws IOException {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_3BYTE_BGR);
        for (int p = 0; p < 28 * 28; p++) {
            image.setRGB(p % 28, p / 28, level * 0x010101);
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "bmp", file.toFile());
    }

    private TrainingPlan plan(String... more) {
        List<String> sets = new ArrayList<>(List.of("train.model=lenet5"));
        sets.add("train.data=" + photos);
        sets.addAll(List.of(more));
        return TrainingPlan.of(
                Path.of(System.getProperty("cnn.home", ".")),
                Recipe.ofSets(sets),
                Optional.empty(),
                Optional.empty());
    }

    private PixelImage firstOf(SharedImages shared, TrainingPlan trial) {
        TrainingPlan plan = shared.sharing(trial);
        return shared.of(plan)
                .images(plan.data(), Split.TRAIN, plan.preprocessing(), false, notices::add)
                .image(0)
                .orElseThrow();
    }

    private int files() throws IOException {
        if (!Files.isDirectory(decoded)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(decoded)) {
            return (int) files.filter(f -> f.toString().endsWith(".images")).count();
        }
    }

    @Test
    void anotherProcessTakesWhatOneDecoded() throws IOException {
        assertThat(firstOf(new SharedImages(notices::add, decoded), plan()).at(0, 0, 0))
                .isEqualTo(100);
        assertThat(files()).isEqualTo(1);
        // Behind everybody's back: who decodes it anew sees another picture
        FileTime before = Files.getLastModifiedTime(first);
        photo(first, 50);
        Files.setLastModifiedTime(first, before);
        assertThat(firstOf(new SharedImages(notices::add, decoded), plan()).at(0, 0, 0))
                .isEqualTo(100);
        assertThat(firstOf(new SharedImages(notices::add), plan()).at(0, 0, 0)).isEqualTo(50);
    }

    @Test
    void aTrialThatSaysWhereKeepsThemThere() throws IOException {
        firstOf(new SharedImages(notices::add, decoded), plan("train.cache=ram"));
        firstOf(new SharedImages(notices::add, decoded), plan("train.cache=none"));
        assertThat(files()).isZero();
    }

    @Test
    void withoutRoomTheyStayInMemory() throws IOException {
        Files.writeString(decoded, "no folder");
        assertThat(firstOf(new SharedImages(notices::add, decoded), plan()).at(0, 0, 0))
                .isEqualTo(100);
        assertThat(notices).hasSize(1);
        assertThat(notices.get(0))
                .startsWith("could not keep decoded images in " + decoded)
                .endsWith("; in memory instead");
    }

    @Test
    void trialsOfOtherValidationImagesHaveOthers() throws IOException {
        try (Stream<Path> val = Files.list(photos.resolve("val/a"))) {
            for (Path file : val.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(photos.resolve("val/a"));
        Files.delete(photos.resolve("val"));
        for (int i = 1; i < 8; i++) {
            photo(photos.resolve("train/a/" + i + ".bmp"), 100);
        }
        SharedImages shared = new SharedImages(notices::add);
        TrainingPlan usual = shared.sharing(plan());
        TrainingPlan half = shared.sharing(plan("train.val-split=0.5"));
        assertThat(shared.sharing(plan()).data()).isSameAs(usual.data());
        assertThat(half.data().split(Split.VAL).size())
                .isGreaterThan(usual.data().split(Split.VAL).size());
    }
}
