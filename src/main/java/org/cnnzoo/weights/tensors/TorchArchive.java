package org.cnnzoo.weights.tensors;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.cnnzoo.errors.BadInput;

/**
 * The zip file of {@code torch.save}: the pickle in {@code NAME/data.pkl}, each storage in {@code
 * NAME/data/KEY}, and since PyTorch 2.1 {@code NAME/byteorder}; none of them compressed.
 *
 * @see <a
 *     href="https://github.com/pytorch/pytorch/blob/main/caffe2/serialize/inline_container.h">the
 *     layout</a>
 */
final class TorchArchive implements Closeable {
    private static final String PICKLE = "data.pkl";

    private static final String RIGHT = "in Python: torch.save(model.state_dict(), 'weights.pth')";

    /** A large network has some hundred kilobytes. */
    private static final long LONGEST_PICKLE = 16 << 20;

    private static final int LONGEST_WORD = 64;

    private final ZipFile zip;
    private final long fileSize;
    private final Map<String, ZipEntry> entries;
    private final String folder;
    private final ByteOrder order;

    private TorchArchive(ZipFile zip, long fileSize, Map<String, ZipEntry> entries, String folder)
            throws IOException {
        this.zip = zip;
        this.entries = entries;
        this.fileSize = fileSize;
        this.folder = folder;
        this.order = byteOrder();
    }

    /**
     * Opens the zip file and looks what is in it.
     *
     * @throws BadInput if that is not from {@code torch.save}
     */
    static TorchArchive open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new DamagedFile("is no whole zip file; is it a whole copy?", e);
        }
        try {
            Map<String, ZipEntry> entries = entries(zip);
            return new TorchArchive(zip, Files.size(file), entries, folder(file, entries.keySet()));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Map<String, ZipEntry> entries(ZipFile zip) throws DamagedFile {
        try {
            return zip.stream().collect(Collectors.toMap(ZipEntry::getName, entry -> entry));
        } catch (IllegalArgumentException | IllegalStateException e) {
            // The JDK's answer to a comment that is no UTF-8, and to a second entry of one name
            throw new DamagedFile("its list of zip entries is damaged", e);
        }
    }

    private static String folder(Path file, Set<String> names) {
        List<String> folders =
                names.stream()
                        .filter(name -> name.matches("([^/]+/)?data\\.pkl"))
                        .map(name -> name.substring(0, name.length() - PICKLE.length()))
                        .toList();
        if (folders.size() != 1) {
            throw new BadInput(
                    "%s is a zip file with %s data.pkl, not one of torch.save%n%s"
                            .formatted(file, folders.isEmpty() ? "no" : "more than one", RIGHT));
        }
        String folder = folders.get(0);
        if (names.contains(folder + "constants.pkl")
                || names.stream().anyMatch(name -> name.startsWith(folder + "code/"))) {
            throw new BadInput(
                    ("%s is a TorchScript archive, a program%nin Python:"
                         + " torch.save(torch.jit.load('%s').state_dict(), 'weights.pth')")
                            .formatted(file, file.getFileName()));
        }
        return folder;
    }

    private ByteOrder byteOrder() throws IOException {
        if (!entries.containsKey(folder + "byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        String word = new String(bytes("byteorder", LONGEST_WORD), StandardCharsets.US_ASCII);
        return switch (word) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new DamagedFile("a byteorder of " + DamagedFile.quoted(word));
        };
    }

    /** How the numbers in the storages are written. */
    ByteOrder order() {
        return order;
    }

    byte[] pickle() throws IOException {
        return bytes(PICKLE, LONGEST_PICKLE);
    }

    /** The bytes of a storage. */
    Entry storage(String key) throws IOException {
        return entry("data/" + key);
    }

    private byte[] bytes(String name, long most) throws IOException {
        Entry entry = entry(name);
        if (entry.size() > most) {
            throw new DamagedFile(
                    "%s of %d bytes; at most %d are right".formatted(name, entry.size(), most));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) entry.size());
        entry.read(0, bytes);
        return bytes.array();
    }

    private Entry entry(String name) throws IOException {
        ZipEntry entry = entries.get(folder + name);
        if (entry == null) {
            throw new DamagedFile("there is no entry " + DamagedFile.quoted(folder + name));
        }
        // Sizes of what is not compressed can't be larger than the file
        if (entry.getMethod() != ZipEntry.STORED
                || entry.getSize() != entry.getCompressedSize()
                || entry.getSize() > fileSize) {
            throw new DamagedFile(
                    "entry %s is compressed, which torch.save never does"
                            .formatted(DamagedFile.quoted(folder + name)));
        }
        return new Entry(zip, entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Bytes in the zip file, just as they are. */
    record Entry(ZipFile zip, ZipEntry entry) implements ByteSource {
        long size() {
            return entry.getSize();
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            try (InputStream in = zip.getInputStream(entry)) {
                in.skipNBytes(offset);
                int count = into.remaining();
                byte[] bytes = in.readNBytes(count);
                if (bytes.length < count) {
                    throw new EOFException();
                }
                into.put(bytes);
            }
        }
    }
}
