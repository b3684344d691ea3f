package org.cnnzoo.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.cnnzoo.errors.WorkFailed;

/**
 * A CSV file of images with their classes: a header {@code path,label} or {@code path,label,split},
 * then a line for each image. Paths are relative to the file; {@code split} is train, val or test,
 * train where it is empty.
 *
 * <p>Without a line of val, a tenth of each class of train is set aside or what a {@link ValSplit}
 * asks for, as {@link ImageFolder} has it. Classes are in the order of their names; of their
 * numbers, where all are whole numbers.
 */
public final class ImageCsv {
    /** The end of such a file's name. */
    static final String EXTENSION = ".csv";

    /** RFC 4180, and blanks around a value are no part of it. */
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setIgnoreSurroundingSpaces(true)
                    .setIgnoreEmptyLines(true)
                    .build();

    private ImageCsv() {}

    /** Whether a path can only be meant as such a file. */
    static boolean isNamed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(EXTENSION);
    }

    /**
     * Reads the file; the images are decoded when asked for.
     *
     * @throws WorkFailed if it is missing, or a line isn't right: with the line's number
     */
    public static Dataset open(Path file) {
        return open(file, ValSplit.USUAL);
    }

    /**
     * The same with other images to validate on.
     *
     * @throws org.cnnzoo.errors.BadInput if the file has validation images of its own
     */
    public static Dataset open(Path file, ValSplit valSplit) {
        if (!Files.isRegularFile(file)) {
            throw new WorkFailed(
                    "no file %s%na CSV file with the header path,label would be right"
                            .formatted(file));
        }
        String fileName = String.valueOf(file.getFileName());
        int end = fileName.length() - (isNamed(file) ? EXTENSION.length() : 0);
        return new FileDataset(
                fileName.substring(0, end),
                "the images that " + file + " lists",
                splits(file, valSplit));
    }

    private static FileSplits splits(Path file, ValSplit valSplit) {
        ImageCsvRows rows = read(file);
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        List<String> classes = rows.classes();
        FolderListing all = rows.listing(folder, Split.TRAIN, classes);
        FolderListing val = rows.listing(folder, Split.VAL, classes);
        List<FolderListing> parts =
                FileSplits.trainAndVal(
                        all,
                        Optional.of(val).filter(listing -> listing.size() > 0),
                        classes.size(),
                        valSplit,
                        file.toString());
        FolderListing test = rows.listing(folder, Split.TEST, classes);
        return new FileSplits(classes, parts.get(0), parts.get(1), test, Optional.of(file));
    }

    /** Without the mark of byte order that programs of Windows write; quotes may follow it. */
    private static Reader withoutMark(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        return text;
    }

    private static ImageCsvRows read(Path file) {
        ImageCsvRows rows = new ImageCsvRows(file);
        long line = 0;
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = FORMAT.parse(withoutMark(text))) {
            for (CSVRecord row : parser) {
                line = parser.getCurrentLineNumber();
                rows.add(line, row.toList());
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // A parser's iterator wraps what it meets
            Throwable cause = e.getCause() instanceof IOException io ? io : e;
            String what =
                    cause instanceof CharacterCodingException
                            ? "not UTF-8"
                            : "not CSV as RFC 4180 has it: " + cause.getMessage();
            throw new WorkFailed("%s:%d: %s".formatted(file, line + 1, what), e);
        }
        return rows;
    }
}
