package org.cnnzoo.data;

import java.io.File;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.cnnzoo.errors.WorkFailed;

/**
 * Image files with a class each, decoded when asked for.
 *
 * <p>Channels, size and normalisation come from a sample of up to {@value FolderSurvey#SAMPLE}
 * training images: grey only if all are; their own size where they share one of at most 224 pixels,
 * else a square of the median shorter side, at most 224.
 */
final class FileDataset implements Dataset {
    /** Up to this many bytes of images, {@link #hash()} covers their contents. */
    static final long HASHED_CONTENT_BYTES = 1L << 30;

    private final String name;
    private final String description;
    private final FileSplits splits;
    private final ImageDecoder decoder = new ImageDecoder();
    private final Supplier<FolderSurvey> survey;
    private final Supplier<String> hash;

    /**
     * @throws WorkFailed if a class has a line break in its name, which no list of names holds
     */
    FileDataset(String name, String description, FileSplits splits) {
        for (String label : splits.classes()) {
            if (label.indexOf('\n') >= 0 || label.indexOf('\r') >= 0) {
                throw new WorkFailed(
                        "%s: class '%s' has a line break in its name"
                                .formatted(name, label.replaceAll("\\R", " ")));
            }
        }
        this.name = name;
        this.description = description;
        this.splits = splits;
        this.survey = Once.of(() -> FolderSurvey.of(splits.train(), decoder));
        this.hash = Once.of(this::digest);
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
        return splits.classes();
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
        return new Part(splits.of(split), decoder);
    }

    @Override
    public Optional<Path> list() {
        return splits.list();
    }

    @Override
    public List<LeftOut> leftOut() {
        return splits.list().isPresent()
                ? List.of()
                : FolderStrangers.of(splits.train().root(), splits.classes());
    }

    @Override
    public String hash() {
        return hash.get();
    }

    private String digest() {
        try {
            long bytes = 0;
            for (Split split : Split.values()) {
                FolderListing files = splits.of(split);
                for (int i = 0; i < files.size(); i++) {
                    bytes += size(files.file(i));
                }
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Split split : Split.values()) {
                add(split, bytes <= HASHED_CONTENT_BYTES, digest);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(Split split, boolean contents, MessageDigest digest) {
        FolderListing files = splits.of(split);
        for (int i = 0; i < files.size(); i++) {
            long size = size(files.file(i));
            String line =
                    files.paths().get(i).toString().replace(File.separatorChar, '/')
                            + "\n"
                            + size
                            + "\n";
            if (splits.list().isPresent()) {
                String label = splits.classes().get(files.labels().get(i));
                line += "%s\n%s\n".formatted(split.label(), label);
            }
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            if (contents && size >= 0) {
                addContent(files.file(i), digest);
            }
        }
    }

    /** In bytes; -1 for a file that isn't there or can't be reached, which is said in its turn. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    /** One that can't be read is left out of training, which isn't stopped for it. */
    private static void addContent(Path file, MessageDigest digest) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            digest.update("unreadable\n".getBytes(StandardCharsets.UTF_8));
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

        @Override
        public Optional<Fingerprint> fingerprint() {
            return Optional.of(files.fingerprint());
        }
    }
}
