package org.cnnzoo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.cnnzoo.errors.WorkFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of images by class: {@code train/CLASS/*} and, where there are, {@code val/CLASS/*} and
 * {@code test/CLASS/*}, with further folders below a class as they come.
 *
 * <p>Without {@code val}, a tenth of each class of {@code train} is set aside, the same images in
 * every run. Without {@code test}, the validation images stand in for it, and the log says so.
 *
 * <p>Channels, size and normalisation come from a sample of up to {@value FolderSurvey#SAMPLE}
 * training images: grey only if all are; their own size where they share one of at most 224 pixels,
 * else a square of the median shorter side, at most 224.
 */
public final class ImageFolder implements Dataset {
    /** Up to this many bytes of images, {@link #hash()} covers their contents. */
    static final long HASHED_CONTENT_BYTES = 1L << 30;

    private static final Logger log = LoggerFactory.getLogger(ImageFolder.class);

    private final String name;
    private final String description;
    private final List<String> classes;
    private final FolderListing train;
    private final FolderListing val;
    private final FolderListing test;
    private final boolean ownTest;
    private final AtomicBoolean toldOfTest = new AtomicBoolean();
    private final ImageDecoder decoder = new ImageDecoder();
    private final Supplier<FolderSurvey> survey;
    private final Supplier<String> hash;

    private ImageFolder(Path root, String name, String description) {
        this.name = name;
        this.description = description;
        Path trainFolder = root.resolve(Split.TRAIN.label());
        this.classes = FolderListing.classes(trainFolder);
        if (classes.isEmpty()) {
            throw new WorkFailed(
                    "%s has no folders: one for each class, with its images, would be right"
                            .formatted(trainFolder));
        }
        FolderListing all = FolderListing.of(root, trainFolder, classes, true);
        Path valFolder = root.resolve(Split.VAL.label());
        if (Files.isDirectory(valFolder)) {
            this.train = all;
            this.val = FolderListing.of(root, valFolder, classes, false);
        } else {
            int[] labels = all.labels().stream().mapToInt(Integer::intValue).toArray();
            int tenth = Math.max(1, Math.round(all.size() / 10f));
            int[] held = StratifiedSplit.held(labels, classes.size(), tenth);
            this.train = all.only(StratifiedSplit.rest(all.size(), held));
            this.val = all.only(held);
        }
        Path testFolder = root.resolve(Split.TEST.label());
        this.ownTest = Files.isDirectory(testFolder);
        this.test = ownTest ? FolderListing.of(root, testFolder, classes, false) : val;
        this.survey = Once.of(() -> FolderSurvey.of(train, decoder));
        this.hash = Once.of(this::digest);
    }

    /**
     * Lists a folder's images; they are decoded when asked for.
     *
     * @throws WorkFailed if the folder or its {@code train} is missing, or a class has no image
     */
    public static ImageFolder open(Path root) {
        check(root);
        Path name = root.toAbsolutePath().normalize().getFileName();
        return new ImageFolder(
                root, name == null ? root.toString() : name.toString(), "the images in " + root);
    }

    /** The same for a folder that has a name and a description of its own. */
    static ImageFolder open(Path root, KnownDataset known) {
        check(root);
        return new ImageFolder(root, known.name(), known.description());
    }

    private static void check(Path root) {
        if (!Files.isDirectory(root)) {
            throw new WorkFailed(
                    "no folder %s%na folder with train/CLASS/* would be right".formatted(root));
        }
        if (!Files.isDirectory(root.resolve(Split.TRAIN.label()))) {
            throw new WorkFailed(
                    "%s has no folder 'train'%nright is train/CLASS/*, with val/CLASS/* and test/CLASS/* where there are"
                            .formatted(root));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int channels() {
        return survey.get().channels();
    }

    @Override
    public int height() {
        return survey.get().height();
    }

    @Override
    public int width() {
        return survey.get().width();
    }

    @Override
    public boolean uniformSize() {
        return survey.get().uniform();
    }

    @Override
    public Normalization normalization() {
        return survey.get().normalization();
    }

    @Override
    public ImageSet split(Split split) {
        if (split == Split.TEST && !ownTest && !toldOfTest.getAndSet(true)) {
            log.warn("{} has no test folder: the validation images stand in for it", train.root());
        }
        return new Part(
                switch (split) {
                    case TRAIN -> train;
                    case VAL -> val;
                    case TEST -> test;
                },
                decoder);
    }

    @Override
    public String hash() {
        return hash.get();
    }

    private String digest() {
        try {
            List<FolderListing> parts = ownTest ? List.of(train, val, test) : List.of(train, val);
            long bytes = 0;
            for (FolderListing part : parts) {
                for (int i = 0; i < part.size(); i++) {
                    bytes += Files.size(part.file(i));
                }
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (FolderListing part : parts) {
                for (int i = 0; i < part.size(); i++) {
                    String line =
                            "%s\n%d\n".formatted(part.paths().get(i), Files.size(part.file(i)));
                    digest.update(line.getBytes(StandardCharsets.UTF_8));
                    if (bytes <= HASHED_CONTENT_BYTES) {
                        addContent(part.file(i), digest);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new WorkFailed("can't read the images in " + train.root() + ": " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addContent(Path file, MessageDigest digest) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** One split's files, decoded when asked for. */
    private record Part(FolderListing files, ImageDecoder decoder) implements ImageSet {
        @Override
        public int size() {
            return files.size();
        }

        @Override
        public int label(int i) {
            return files.labels().get(i);
        }

        @Override
        public String name(int i) {
            return files.file(i).toString();
        }

        @Override
        public PixelImage image(int i) throws IOException {
            return decoder.decode(files.file(i));
        }

        @Override
        public PixelImage image(int i, int height, int width) throws IOException {
            return decoder.decode(files.file(i), height, width);
        }
    }
}
