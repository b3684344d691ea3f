package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCsvTest {
    @TempDir private Path folder;

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("list.csv"), text);
    }

    private Dataset open(String text) throws IOException {
        return Datasets.open(csv(text).toString(), folder, Optional.empty());
    }

    private void image(String path, int shade) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, shade);
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    private List<String> labelled(Dataset data, Split split) {
        ImageSet set = data.split(split);
        return IntStream.range(0, set.size())
                .mapToObj(
                        i ->
                                folder.relativize(Path.of(set.name(i)))
                                        + "="
                                        + data.classes().get(set.label(i)))
                .toList();
    }

    private void fails(String message, String text) throws IOException {
        Path file = csv(text);
        assertThatThrownBy(() -> ImageCsv.open(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(file + message.replace("\n", System.lineSeparator()));
    }

    @Test
    void aMarkOfByteOrderMayStandBeforeAQuote() throws IOException {
        Dataset data = open("\uFEFF\"path\",\"label\"\n\"a.png\",\"cat\"\n\"b.png\",\"dog\"\n");
        assertThat(data.classes()).containsExactly("cat", "dog");
    }

    @Test
    void readsSplitsQuotesAndColumnsInAnyOrder() throws IOException {
        Dataset data =
                open(
                        """
                        \uFEFFlabel, path, split

                        dog, "b, and ""c"".png", train
                        cat,a/é.png,train
                        dog,v.png,val\r
                        cat,t.png,test
                        cat,z.png,""");
        assertThat(data.name()).isEqualTo("list");
        assertThat(data.classes()).containsExactly("cat", "dog");
        assertThat(labelled(data, Split.TRAIN))
                .containsExactly("a/é.png=cat", "z.png=cat", "b, and \"c\".png=dog");
        assertThat(labelled(data, Split.VAL)).containsExactly("v.png=dog");
        assertThat(labelled(data, Split.TEST)).containsExactly("t.png=cat");
    }

    @Test
    void withoutSplitsATenthOfEachClassIsSetAsideAsInAFolder() throws IOException {
        StringBuilder lines = new StringBuilder("path,label\n");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String path = "%s/%02d.png".formatted(i % 2 == 0 ? "a" : "b", i);
            image("train/" + path, i);
            lines.append("train/%s,%s%n".formatted(path, path.charAt(0)));
        }
        Dataset byFolder = ImageFolder.open(folder);
        Dataset data = open(lines.toString());
        for (Split split : Split.values()) {
            assertThat(labelled(data, split)).isEqualTo(labelled(byFolder, split));
            expected.addAll(labelled(data, split));
        }
        assertThat(expected).hasSize(36 + 4);
        assertThat(labelled(data, Split.TEST)).isEmpty();
        assertThat(data.normalization()).isEqualTo(byFolder.normalization());
        assertThat(List.of(data.channels(), data.height(), data.width())).containsExactly(1, 6, 6);
    }

    @Test
    void classesThatAreNumbersAreInTheirOrder() throws IOException {
        assertThat(open("path,label\na.png,10\nb.png,9\nc.png,0\n").classes())
                .containsExactly("0", "9", "10");
        assertThat(open("path,label\na.png,10\nb.png,9\nc.png,x\n").classes())
                .containsExactly("10", "9", "x");
    }

    @Test
    void aFileThatIsMissingIsLeftOutByNameAndTheHashFollowsLabels() throws IOException {
        image("1.png", 5);
        image("2.png", 6);
        Dataset data = open("path,label\n1.png,a\n2.png,b\nmissing.png,b\n");
        List<String> said = new ArrayList<>();
        ImageSet train = data.split(Split.TRAIN);
        Preprocessing preprocessing = Preprocessing.of(data, 1, 6, 6, ResizeMode.CROP);
        PreparedImages images =
                new PreparedImages(
                        new OneSet(train, data.split(Split.VAL)), preprocessing, 0, said::add);
        for (int i = 0; i < images.set().size(); i++) {
            images.image(i);
        }
        assertThat(said)
                .containsExactly(
                        "left out %s: no such file".formatted(folder.resolve("missing.png")));
        assertThat(data.hash())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(open("path,label\n1.png,b\n2.png,a\nmissing.png,b\n").hash());
    }

    @Test
    void badLinesAreNamedWithWhatWouldBeRight() throws IOException {
        fails(
                ":1: unknown column 'lable'; did you mean 'label'?\n"
                        + "a header path,label or path,label,split would be right",
                "path,lable\na.png,x\n");
        fails(
                ":1: the header is path\npath,label or path,label,split would be right",
                "path\na.png\n");
        fails(
                ":3: 3 values where the header has 2\n"
                        + "path,label would be right; a comma inside a value needs quotes",
                "path,label\na.png,x\na,b.png,x\n");
        fails(":2: the label is empty", "path,label\na.png, \n");
        fails(
                ":3: unknown split 'vall'; did you mean 'val'?\n"
                        + "train, val or test would be right",
                "path,label,split\na.png,x,train\nb.png,x,vall\n");
        fails(
                ":4: ./a.png is on line 2 already\neach image once would be right",
                "path,label\na.png,x\nb.png,x\n./a.png,y");
        fails(
                ":3: 'dgo' is none of the classes of the training images; did you mean 'dog'?",
                "path,label,split\na.png,dog,train\nb.png,dgo,val\n");
        fails(
                " lists no image to train on\n"
                        + "below the header path,label a line for each would be right",
                "path,label\n");
        Path file = csv("path,label\na.png,\"x\" y\n");
        assertThatThrownBy(() -> ImageCsv.open(file))
                .hasMessageStartingWith(file + ":2: not CSV as RFC 4180 has it");
        Files.write(file, "path,label\né.png,x\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ImageCsv.open(file)).hasMessageContaining("not UTF-8");
        assertThatThrownBy(
                        () ->
                                Datasets.open(
                                        folder.resolve("lst.csv").toString(),
                                        folder,
                                        Optional.empty()))
                .isInstanceOf(WorkFailed.class)
                .hasMessageStartingWith("no file " + folder.resolve("lst.csv"));
    }

    /** Two splits' images behind one another. */
    private record OneSet(ImageSet first, ImageSet second) implements ImageSet {
        @Override
        public int size() {
            return first.size() + second.size();
        }

        @Override
        public int label(int i) {
            return i < first.size() ? first.label(i) : second.label(i - first.size());
        }

        @Override
        public String name(int i) {
            return i < first.size() ? first.name(i) : second.name(i - first.size());
        }

        @Override
        public PixelImage image(int i) throws IOException {
            return i < first.size() ? first.image(i) : second.image(i - first.size());
        }
    }
}
