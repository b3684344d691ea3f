package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir private Path root;

    private Path image(String path, int type, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.dispose();
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        String extension = path.substring(path.lastIndexOf('.') + 1);
        assertThat(ImageIO.write(image, extension, file.toFile())).isTrue();
        return file;
    }

    private void gray(String path) throws IOException {
        image(path, BufferedImage.TYPE_BYTE_GRAY, 10, 8);
    }

    private static List<String> names(ImageSet set) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            names.add(set.name(i));
        }
        return names;
    }

    private static List<Batch> batches(Dataset data, Split split) {
        Preprocessing preprocessing =
                Preprocessing.of(data, data.channels(), 8, 8, ResizeMode.CROP);
        List<Batch> batches = new ArrayList<>();
        try (BatchLoader loader =
                new BatchLoader(
                        new PreparedImages(data.split(split), preprocessing),
                        Augmentation.NONE,
                        LoaderOptions.evaluation(4).withWorkers(2))) {
            loader.forEachRemaining(batches::add);
        }
        return batches;
    }

    @Test
    void whatIsInHiddenFoldersIsLeftOutAndALinkToNothingIsNot() throws IOException {
        gray("train/cat/a.png");
        gray("val/cat/v.png");
        gray("train/cat/.thumbnails/a.png");
        Files.createSymbolicLink(root.resolve("train/cat/b.png"), Path.of("gone.png"));
        Dataset data = ImageFolder.open(root);
        assertThat(names(data.split(Split.TRAIN)))
                .containsExactly(
                        root.resolve("train/cat/a.png").toString(),
                        root.resolve("train/cat/b.png").toString());
        assertThat(data.hash()).hasSize(64);
        assertThat(data.leftOut())
                .extracting(Dataset.LeftOut::reason)
                .containsExactly("in a hidden folder");
    }

    @Test
    void readsSplitsByClassInSortedOrder() throws IOException {
        gray("train/dog/b.png");
        gray("train/dog/a.PNG");
        gray("train/dog/more/c.png");
        gray("train/cat/z.png");
        gray("train/cat/.hidden.png");
        Files.writeString(root.resolve("train/cat/notes.txt"), "not an image");
        gray("val/cat/v.png");
        gray("test/dog/t.png");
        Dataset data = ImageFolder.open(root);
        assertThat(data.classes()).containsExactly("cat", "dog");
        assertThat(names(data.split(Split.TRAIN)))
                .containsExactly(
                        root + "/train/cat/z.png",
                        root + "/train/dog/a.PNG",
                        root + "/train/dog/b.png",
                        root + "/train/dog/more/c.png");
        assertThat(data.split(Split.TRAIN).label(0)).isZero();
        assertThat(data.split(Split.TRAIN).label(3)).isEqualTo(1);
        assertThat(names(data.split(Split.VAL))).containsExactly(root + "/val/cat/v.png");
        assertThat(data.split(Split.TEST).label(0)).isEqualTo(1);
    }

    @Test
    void withoutValATenthOfEachClassIsSetAsideAndWithoutTestThereIsNone() throws IOException {
        for (int i = 0; i < 20; i++) {
            gray("train/a/%02d.png".formatted(i));
            gray("train/b/%02d.png".formatted(i));
        }
        Dataset data = ImageFolder.open(root);
        ImageSet val = data.split(Split.VAL);
        assertThat(data.split(Split.TRAIN).size()).isEqualTo(36);
        assertThat(List.of(val.label(0), val.label(1), val.label(2), val.label(3)))
                .containsExactly(0, 0, 1, 1);
        assertThat(names(data.split(Split.TRAIN))).doesNotContainAnyElementsOf(names(val));
        assertThat(names(ImageFolder.open(root).split(Split.VAL))).isEqualTo(names(val));
        assertThat(data.split(Split.TEST).size()).isZero();
    }

    @Test
    void aShareIsSetAsideAndRefusedBesideImagesForIt() throws IOException {
        for (int i = 0; i < 20; i++) {
            gray("train/a/%02d.png".formatted(i));
            gray("train/b/%02d.png".formatted(i));
        }
        ValSplit quarter = new ValSplit(OptionalDouble.of(0.25), OptionalLong.empty());
        ValSplit other = new ValSplit(OptionalDouble.of(0.25), OptionalLong.of(5));
        Dataset data = ImageFolder.open(root, quarter);
        assertThat(data.split(Split.VAL).size()).isEqualTo(10);
        assertThat(data.hash()).isNotEqualTo(ImageFolder.open(root).hash());
        assertThat(names(ImageFolder.open(root, other).split(Split.VAL)))
                .isNotEqualTo(names(data.split(Split.VAL)));
        gray("val/a/1.png");
        assertThatThrownBy(() -> ImageFolder.open(root, quarter))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "--val-split and --val-seed have no effect: %s has validation images of its own"
                                .formatted(root));
    }

    @Test
    void mixedGrayAndColourAreColour() throws IOException {
        gray("train/a/1.png");
        gray("train/a/2.png");
        gray("train/b/1.png");
        gray("val/a/1.png");
        assertThat(ImageFolder.open(root).channels()).isEqualTo(1);
        image("train/b/2.jpg", BufferedImage.TYPE_3BYTE_BGR, 10, 8);
        Dataset mixed = ImageFolder.open(root);
        assertThat(mixed.channels()).isEqualTo(3);
        assertThat(mixed.normalization().channels()).isEqualTo(3);
        assertThat(batches(mixed, Split.TRAIN).get(0).images()).hasSize(4 * 3 * 8 * 8);
    }

    @Test
    void sizeIsTheImagesOwnOrASquareThatSuitsThem() throws IOException {
        gray("train/a/1.png");
        gray("train/a/2.png");
        gray("val/a/1.png");
        Dataset same = ImageFolder.open(root);
        assertThat(List.of(same.height(), same.width())).containsExactly(8, 10);
        assertThat(same.uniformSize()).isTrue();
        image("train/a/3.png", BufferedImage.TYPE_BYTE_GRAY, 400, 300);
        image("train/a/4.png", BufferedImage.TYPE_BYTE_GRAY, 300, 400);
        Dataset various = ImageFolder.open(root);
        assertThat(List.of(various.height(), various.width())).containsExactly(224, 224);
        assertThat(various.uniformSize()).isFalse();
        assertThat(Preprocessing.of(various, 1, 64, 64, ResizeMode.CROP).describe(various))
                .isEqualTo("images are resized from various sizes to 64x64 (crop)");
    }

    @Test
    void measuresMeanAndDeviation() throws IOException {
        gray("train/a/1.png"); // half black, half 128 as AWT draws it
        gray("val/a/1.png");
        Dataset data = ImageFolder.open(root);
        PixelImage image = data.split(Split.TRAIN).image(0);
        float level = image.at(0, 0, 0) / 255f;
        assertThat(data.normalization().mean()[0]).isEqualTo(level / 2);
        assertThat(data.normalization().std()[0]).isEqualTo(level / 2);
    }

    @Test
    void badFilesAreLeftOutAndTheRestGoesOn() throws IOException {
        for (int i = 0; i < 4; i++) {
            image("train/a/%d.jpg".formatted(i), BufferedImage.TYPE_3BYTE_BGR, 10, 8);
            image("train/b/%d.jpg".formatted(i), BufferedImage.TYPE_3BYTE_BGR, 10, 8);
        }
        image("val/a/1.png", BufferedImage.TYPE_3BYTE_BGR, 10, 8);
        byte[] whole = Files.readAllBytes(root.resolve("train/a/0.jpg"));
        Files.write(root.resolve("train/a/cut.jpg"), Arrays.copyOf(whole, whole.length * 9 / 10));
        Files.writeString(root.resolve("train/a/text.png"), "no image");
        Files.write(root.resolve("train/b/empty.png"), new byte[0]);
        image("train/b/dot.png", BufferedImage.TYPE_3BYTE_BGR, 1, 1);
        image("train/b/wide.png", BufferedImage.TYPE_BYTE_BINARY, 6_000, 4_000);
        List<Batch> batches = batches(ImageFolder.open(root), Split.TRAIN);
        List<String> names = batches.stream().flatMap(b -> b.names().stream()).toList();
        assertThat(names)
                .hasSize(9)
                .contains(root + "/train/b/wide.png")
                .noneMatch(name -> name.matches(".*(cut|text|empty|dot).*"));
    }

    @Test
    void hashIsTheSameInEveryCountry() throws IOException {
        gray("train/a/1.png");
        gray("train/b/2.png");
        String before = ImageFolder.open(root).hash();
        Locale own = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fa-IR"));
        try {
            assertThat("%d".formatted(1)).isNotEqualTo("1");
            assertThat(ImageFolder.open(root).hash()).isEqualTo(before);
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, own);
        }
    }

    @Test
    void hashFollowsContentsAndNamesButNotTime() throws IOException {
        gray("train/a/1.png");
        gray("train/a/2.png");
        String before = ImageFolder.open(root).hash();
        gray("train/a/2.png");
        assertThat(ImageFolder.open(root).hash()).isEqualTo(before).matches("[0-9a-f]{64}");
        image("train/a/2.png", BufferedImage.TYPE_BYTE_GRAY, 9, 8);
        String changed = ImageFolder.open(root).hash();
        assertThat(changed).isNotEqualTo(before);
        Files.move(root.resolve("train/a/2.png"), root.resolve("train/a/3.png"));
        assertThat(ImageFolder.open(root).hash()).isNotEqualTo(changed);
    }

    @Test
    void namesAClassWithoutAnImage() throws IOException {
        gray("train/a/1.png");
        Files.createDirectories(root.resolve("train/empty"));
        fails(
                """
                class 'empty' has no image: %s/train/empty
                put PNG, JPEG, GIF, BMP or WebP files there, or remove the folder"""
                        .formatted(root));
    }

    @Test
    void namesAMissingTrainFolder() {
        fails(
                """
                %s has no folder 'train'
                right is train/CLASS/*, with val/CLASS/* and test/CLASS/* where there are"""
                        .formatted(root));
    }

    @Test
    void namesATrainFolderWithoutClasses() throws IOException {
        gray("train/1.png");
        fails(
                root
                        + "/train has no folders: one for each class, with its images, would be"
                        + " right");
    }

    @Test
    void namesAClassThatTrainLacks() throws IOException {
        gray("train/horse/1.png");
        gray("val/hose/1.png");
        fails(
                root
                        + "/val/hose is none of the classes of "
                        + root
                        + "/train; did you mean 'horse'?");
    }

    @Test
    void saysWhenNothingCanBeDecoded() throws IOException {
        gray("val/a/1.png");
        Files.createDirectories(root.resolve("train/a"));
        Files.writeString(root.resolve("train/a/1.png"), "no image");
        Dataset data = ImageFolder.open(root);
        assertThatThrownBy(data::channels)
                .isInstanceOf(WorkFailed.class)
                .hasMessageStartingWith("not one of 1 images in " + root + " can be decoded");
    }

    private void fails(String message) {
        assertThatThrownBy(() -> ImageFolder.open(root))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(message);
    }

    @Test
    void namesThatAreNotUtf8AreReadToo() throws IOException {
        gray("train/a/1.png");
        gray("train/a/2.png");
        gray("train/b/1.png");
        gray("train/b/2.png");
        Path odd;
        try { // on a file system, and in a locale, that has such names
            odd = Path.of(URI.create(root.resolve("train/a").toUri() + "caf%E9.png"));
            Files.copy(root.resolve("train/a/1.png"), odd);
            Files.copy(root.resolve("train/a/1.png"), root.resolve("train/b/x\\y.png"));
            Path folder = Path.of(URI.create(root.resolve("train").toUri() + "c%E9/"));
            Files.createDirectories(folder);
            Files.copy(root.resolve("train/a/1.png"), folder.resolve("1.png"));
        } catch (IOException | IllegalArgumentException e) {
            Assumptions.abort("no such names here: " + e);
            return;
        }
        Dataset data = ImageFolder.open(root);
        assertThat(data.classes()).hasSize(3);
        ImageSet train = data.split(Split.TRAIN);
        ImageSet val = data.split(Split.VAL);
        assertThat(train.size() + val.size()).isEqualTo(7);
        for (ImageSet set : List.of(train, val)) {
            for (int i = 0; i < set.size(); i++) {
                assertThat(set.image(i).width()).as(set.name(i)).isEqualTo(10);
            }
        }
        assertThat(data.hash()).hasSize(64);
    }
}
