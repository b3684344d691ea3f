package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    private static final int IMAGES = 150; // more than are decoded at a time

    @TempDir private Path folder;
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void images() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            image(i, i);
        }
        Files.writeString(folder.resolve("data/train/a/broken.png"), "no image");
        // With images to validate on none is taken out of train, the broken one neither
        Path val = Files.createDirectories(folder.resolve("data/val/a"));
        Files.copy(folder.resolve("data/train/a/000.png"), val.resolve("000.png"));
    }

    private void image(int number, int shade) throws IOException {
        BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(number % 9, number % 7, 0, shade);
        Path file = folder.resolve("data/train/a/%03d.png".formatted(number));
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private CacheChoice choice(CacheChoice.Kind kind, long most) {
        OptionalLong bytes = most < 0 ? OptionalLong.empty() : OptionalLong.of(most);
        return new CacheChoice(kind, bytes, folder.resolve("cache"));
    }

    private PreparedImages prepared(CacheChoice choice, boolean whole) {
        Dataset data = ImageFolder.open(folder.resolve("data"));
        return new PreparedImages(
                data.split(Split.TRAIN),
                Preprocessing.of(data, 1, 6, 6, ResizeMode.CROP),
                whole,
                choice.open(),
                said::add);
    }

    private static List<Optional<PixelImage>> all(PreparedImages images) {
        return IntStream.range(0, images.set().size()).mapToObj(images::image).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".images")).toList();
        }
    }

    private Path file() throws IOException {
        assertThat(files()).hasSize(1);
        return files().get(0);
    }

    private long made() {
        return said.stream().filter(line -> line.contains("are decoded into")).count();
    }

    private long leftOut() {
        return said.stream().filter(line -> line.contains("left out")).count();
    }

    @Test
    void imagesAreTheSameWhereverTheyAreKept() throws IOException {
        for (boolean whole : new boolean[] {false, true}) {
            List<Optional<PixelImage>> right =
                    all(prepared(choice(CacheChoice.Kind.NONE, -1), whole));
            assertThat(right).hasSize(IMAGES + 1);
            assertThat(right).filteredOn(Optional::isEmpty).hasSize(1);
            for (CacheChoice.Kind kind : CacheChoice.Kind.values()) {
                for (long most : new long[] {-1, 0, 1000, 1_000_000}) {
                    said.clear();
                    PreparedImages images = prepared(choice(kind, most), whole);
                    assertThat(all(images)).as("%s %d", kind, most).isEqualTo(right);
                    assertThat(all(images)).isEqualTo(right);
                    assertThat(leftOut()).as("%s %d", kind, most).isEqualTo(1);
                }
            }
        }
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void aFileIsMadeOnceAndThenUsed() throws IOException {
        CacheChoice disk = choice(CacheChoice.Kind.DISK, -1);
        List<Optional<PixelImage>> first = all(prepared(disk, false));
        FileTime written = Files.getLastModifiedTime(file());
        assertThat(all(prepared(disk, false))).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(file())).isEqualTo(written);
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void theBrokenImageIsNamedInEveryRun() {
        CacheChoice disk = choice(CacheChoice.Kind.DISK, -1);
        all(prepared(disk, false));
        all(prepared(disk, false));
        assertThat(said)
                .filteredOn(line -> line.contains("left out"))
                .hasSize(2)
                .allMatch(line -> line.contains("broken.png"));
    }

    @Test
    void aFileThatIsCutOffOrDamagedIsMadeAnew() throws IOException {
        CacheChoice disk = choice(CacheChoice.Kind.DISK, -1);
        List<Optional<PixelImage>> right = all(prepared(disk, false));
        byte[] whole = Files.readAllBytes(file());
        for (int length : new int[] {whole.length - 1, whole.length / 2, 30, 0}) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(all(prepared(disk, false))).as("%d bytes", length).isEqualTo(right);
            assertThat(file()).hasBinaryContent(whole);
        }
        assertThat(made()).isEqualTo(5);
        byte[] flipped = whole.clone();
        flipped[whole.length - 1] ^= 1; // in the last image's pixels: it is decoded again
        Files.write(file(), flipped);
        assertThat(all(prepared(disk, false))).isEqualTo(right);
    }

    @Test
    void aFileOfImagesThatHaveChangedIsMadeAnew() throws IOException {
        CacheChoice disk = choice(CacheChoice.Kind.DISK, -1);
        List<Optional<PixelImage>> before = all(prepared(disk, false));
        for (int i = 0; i < IMAGES; i++) {
            image(i, 255 - i);
        }
        List<Optional<PixelImage>> right = all(prepared(choice(CacheChoice.Kind.NONE, -1), false));
        assertThat(right).isNotEqualTo(before);
        Path touched = folder.resolve("data/train/a/000.png");
        Files.setLastModifiedTime(touched, FileTime.fromMillis(1_000_000));
        assertThat(all(prepared(disk, false))).isEqualTo(right);
        assertThat(made()).isEqualTo(2);
        assertThat(files()).hasSize(1);
    }

    @Test
    void anotherWayToPrepareHasAFileOfItsOwn() throws IOException {
        CacheChoice disk = choice(CacheChoice.Kind.DISK, -1);
        all(prepared(disk, false));
        all(prepared(disk, true));
        assertThat(files()).hasSize(2);
    }

    @Test
    void threadsThatComeAtOnceMakeOneFile() throws IOException {
        CacheChoice disk = choice(CacheChoice.Kind.DISK, -1);
        List<List<Optional<PixelImage>>> seen =
                IntStream.range(0, 4).parallel().mapToObj(i -> all(quietly(disk))).toList();
        assertThat(seen).allMatch(seen.get(0)::equals);
        assertThat(files()).hasSize(1);
    }

    private PreparedImages quietly(CacheChoice choice) {
        Dataset data = ImageFolder.open(folder.resolve("data"));
        return new PreparedImages(
                data.split(Split.TRAIN),
                Preprocessing.of(data, 1, 6, 6, ResizeMode.CROP),
                false,
                choice.open(),
                line -> {});
    }

    @Test
    void aBudgetThatTheHeapCannotHoldAndAFolderThatIsAFileAreErrors() throws IOException {
        assertThatThrownBy(() -> choice(CacheChoice.Kind.RAM, 1L << 50).requireRoom())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--cache-mb 1073741824 is more than fits");
        Files.writeString(folder.resolve("cache"), "a file");
        assertThatThrownBy(() -> prepared(choice(CacheChoice.Kind.DISK, -1), false))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("--cache-dir names another folder");
    }
}
