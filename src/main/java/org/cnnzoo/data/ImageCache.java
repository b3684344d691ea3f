package org.cnnzoo.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Keeps the prepared images of one training's splits, within one budget if there is one. */
public final class ImageCache {
    private final CacheChoice choice;
    private final int shares;
    private final Optional<AtomicLong> left;

    ImageCache(CacheChoice choice, int shares) {
        this.choice = choice;
        this.shares = shares;
        this.left =
                choice.mostBytes().isPresent()
                        ? Optional.of(
                                new AtomicLong(choice.mostBytes().getAsLong() / memoryShare()))
                        : Optional.empty();
    }

    private int memoryShare() {
        return choice.kind() == CacheChoice.Kind.RAM ? shares : 1;
    }

    /**
     * Where a split's images are kept.
     *
     * @param read decodes and prepares image {@code i}; nothing for one that can't be decoded
     * @param notice told of a file that is made
     */
    ImageStore store(
            ImageSet set,
            Preprocessing preprocessing,
            boolean whole,
            IntFunction<Optional<PixelImage>> read,
            Consumer<String> notice) {
        long usual = PreparedImages.defaultBudget() / shares;
        return switch (choice.kind()) {
            case NONE -> new ImageStore.Heap(set.size(), new AtomicLong(0));
            case RAM ->
                    new ImageStore.Heap(set.size(), left.orElseGet(() -> new AtomicLong(usual)));
            case DISK ->
                    set.fingerprint()
                            .map(print -> file(set, print, preprocessing, whole, read, notice))
                            .orElseGet(
                                    () -> new ImageStore.Heap(set.size(), new AtomicLong(usual)));
        };
    }

    private synchronized ImageStore file(
            ImageSet set,
            ImageSet.Fingerprint print,
            Preprocessing preprocessing,
            boolean whole,
            IntFunction<Optional<PixelImage>> read,
            Consumer<String> notice) {
        long most = left.map(AtomicLong::get).orElse(Long.MAX_VALUE);
        byte[] prepared = prepared(preprocessing, whole, most);
        String name = HexFormat.of().formatHex(sha256(print.identity(), prepared), 0, 12);
        CacheFile file =
                new CacheFile(
                        choice.folder().resolve(name + ".images"),
                        sha256(print.state(), prepared),
                        set.size());
        FileStore store = file.open(read, most, notice);
        left.ifPresent(bytes -> bytes.addAndGet(-store.bytes()));
        return store;
    }

    /** All that decides how an image comes out, but for the image; normalisation comes later. */
    private static byte[] prepared(Preprocessing to, boolean whole, long most) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(to.channels());
            out.writeInt(to.height());
            out.writeInt(to.width());
            out.writeUTF(to.mode().label());
            out.writeDouble(to.cropFraction());
            out.writeBoolean(whole);
            out.writeLong(most);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not in memory
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(String text, byte[] more) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return digest.digest(more);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
