package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    private static final Path HOME = Path.of("");
    private static final String TWO_CLASSES =
            """
            name: tiny
            description: Two classes
            format: cifar10
            path: datasets/tiny
            files: {train: [train.bin], test: [test.bin]}
            shape: [3, 32, 32]
            classes: [a, b]
            splits: {train: 4, val: 2, test: 1}
            license: MIT
            source: nowhere
            obtain: make it
            """;

    @TempDir private Path home;

    private void describe(String yaml) throws IOException {
        Path configs = Files.createDirectories(home.resolve("configs/datasets"));
        Files.writeString(configs.resolve("tiny.yaml"), yaml);
    }

    private static byte[] records(int... labels) {
        byte[] bytes = new byte[labels.length * 3073];
        for (int i = 0; i < labels.length; i++) {
            bytes[i * 3073] = (byte) labels[i];
        }
        return bytes;
    }

    @Test
    void everyDescriptionOfTheRepositoryIsRight() {
        List<KnownDataset> known = Datasets.known(HOME);
        assertThat(known.stream().map(KnownDataset::name))
                .containsExactly(
                        "cifar10", "cifar100", "emnist-balanced", "fashion-mnist", "mnist");
        assertThat(known.stream().map(data -> data.classes().size()))
                .containsExactly(10, 100, 47, 10, 10);
        assertThat(known).allSatisfy(data -> assertThat(data.classes()).doesNotHaveDuplicates());
    }

    @Test
    void namesTheNearestKnownSet() {
        assertThatThrownBy(() -> Datasets.open("fashion-mnits", HOME, Optional.empty()))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        """
unknown data set 'fashion-mnits'; did you mean 'fashion-mnist'?
known are cifar10, cifar100, emnist-balanced, fashion-mnist, mnist; or give a folder with train/CLASS/*, or a CSV file of path,label""");
    }

    @Test
    void saysWhereToGetAnAbsentSet() {
        assertThatThrownBy(() -> Datasets.open("mnist", HOME, Optional.of(home)))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining(
                        "data set 'mnist' is not here: %s/train-images-idx3-ubyte is missing"
                                .formatted(home))
                .hasMessageContaining("put them in datasets/mnist/")
                .message()
                .hasLineCount(3);
    }

    @Test
    void namesAMissingPath() {
        String missing = home + "/no/such";
        assertThatThrownBy(() -> Datasets.open(missing, HOME, Optional.empty()))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(
                        "no folder "
                                + missing
                                + "\na folder with train/CLASS/*, or a CSV file of path,label,"
                                + " would be right");
    }

    @Test
    void refusesADataPathBesideAFolder() {
        assertThatThrownBy(() -> Datasets.open(home.toString(), HOME, Optional.of(home)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("give one of the two");
    }

    @Test
    void opensAKnownSetAtAnotherPath() {
        Path folder = Path.of("datasets/fashion-mnist").toAbsolutePath();
        Dataset data = Datasets.open("fashion-mnist", HOME, Optional.of(folder));
        assertThat(data.split(Split.VAL).size()).isEqualTo(5_000);
    }

    @Test
    void readsCifarFiles() throws IOException {
        describe(TWO_CLASSES);
        Path folder = Files.createDirectories(home.resolve("datasets/tiny"));
        Files.write(folder.resolve("train.bin"), records(0, 1, 0, 1, 0, 1));
        Files.write(folder.resolve("test.bin"), records(1));
        Dataset data = Datasets.open("tiny", home, Optional.empty());
        assertThat(data.split(Split.TRAIN).size()).isEqualTo(4);
        assertThat(List.of(data.split(Split.VAL).label(0), data.split(Split.VAL).label(1)))
                .containsExactlyInAnyOrder(0, 1);
        assertThat(data.split(Split.TEST).label(0)).isEqualTo(1);
        assertThat(data.normalization().std()).containsExactly(1 / 255f, 1 / 255f, 1 / 255f);
    }

    @Test
    void refusesAnotherNumberOfImages() throws IOException {
        describe(TWO_CLASSES);
        Path folder = Files.createDirectories(home.resolve("datasets/tiny"));
        Files.write(folder.resolve("train.bin"), records(0, 1));
        Files.write(folder.resolve("test.bin"), records(1));
        Dataset data = Datasets.open("tiny", home, Optional.empty());
        assertThatThrownBy(() -> data.split(Split.TRAIN))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("has 2 images in ")
                .hasMessageContaining("6 would be right for 'tiny'");
    }

    @Test
    void namesWhatIsWrongInADescription() throws IOException {
        refuses(
                TWO_CLASSES.replace("classes:", "clases:"),
                "unknown key 'clases'; did you mean 'classes'?");
        refuses(
                TWO_CLASSES.replace("cifar10", "cifar1"),
                "unknown format 'cifar1'; did you mean 'cifar10'?");
        refuses(
                TWO_CLASSES.replace("[3, 32, 32]", "[3, 32]"),
                "'shape' must be a list of 3 numbers");
        refuses(TWO_CLASSES.replace("[a, b]", "[a, 1.5]"), "'classes' must be a list of texts");
        refuses(TWO_CLASSES.replace("val: 2", "val: two"), "splits.val must be a number of images");
        refuses(TWO_CLASSES.replace("name: tiny", "name: big"), "but the file is not big.yaml");
        refuses("- a\n", "describes no data set");
        refuses("a: [", "can't read ");
    }

    private void refuses(String yaml, String message) throws IOException {
        describe(yaml);
        assertThatThrownBy(() -> Datasets.known(home))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("tiny.yaml")
                .hasMessageContaining(message);
    }
}
