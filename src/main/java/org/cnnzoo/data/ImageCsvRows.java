package org.cnnzoo.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.errors.WorkFailed;

/** The lines of a CSV file of images, checked as they come. */
final class ImageCsvRows {
    private static final String PATH = "path";
    private static final String LABEL = "label";
    private static final String SPLIT = "split";
    private static final List<String> COLUMNS = List.of(PATH, LABEL, SPLIT);
    private static final List<String> SPLITS = Stream.of(Split.values()).map(Split::label).toList();

    private final Path file;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Path, Long> lines = new HashMap<>();
    private List<String> header = List.of();

    private record Row(long line, String path, String label, Split split) {}

    ImageCsvRows(Path file) {
        this.file = file;
    }

    /**
     * Takes the next line, the header first.
     *
     * @param line its number, from 1
     * @throws WorkFailed if it isn't right
     */
    void add(long line, List<String> cells) {
        if (header.isEmpty()) {
            header = header(line, cells);
            return;
        }
        if (cells.size() != header.size()) {
            throw wrong(
                    line,
                    "%d values where the header has %d%n%s would be right; a comma inside a value needs quotes"
                            .formatted(cells.size(), header.size(), String.join(",", header)));
        }
        String path = cell(line, cells, PATH);
        Long before = lines.putIfAbsent(path(line, path), line);
        if (before != null) {
            throw wrong(
                    line,
                    "%s is on line %d already%neach image once would be right"
                            .formatted(path, before));
        }
        rows.add(new Row(line, path, cell(line, cells, LABEL), split(line, cells)));
    }

    private List<String> header(long line, List<String> cells) {
        List<String> names = cells.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
        for (String name : names) {
            if (!COLUMNS.contains(name)) {
                throw wrong(
                        line,
                        "unknown column '%s'%s%na header path,label or path,label,split would be right"
                                .formatted(name, Nearest.hint(name, COLUMNS)));
            }
        }
        boolean each = names.stream().distinct().count() == names.size();
        if (!each || !names.contains(PATH) || !names.contains(LABEL)) {
            throw wrong(
                    line,
                    "the header is %s%npath,label or path,label,split would be right"
                            .formatted(String.join(",", names)));
        }
        return names;
    }

    private Path path(long line, String path) {
        try {
            return file.toAbsolutePath().resolveSibling(path).normalize();
        } catch (InvalidPathException e) {
            throw wrong(line, "no path: " + e.getMessage());
        }
    }

    private String cell(long line, List<String> cells, String column) {
        String cell = cells.get(header.indexOf(column));
        if (cell.isBlank()) {
            throw wrong(line, "the %s is empty".formatted(column));
        }
        return cell;
    }

    private Split split(long line, List<String> cells) {
        String cell = header.contains(SPLIT) ? cells.get(header.indexOf(SPLIT)) : "";
        String name = cell.isBlank() ? Split.TRAIN.label() : cell;
        return Stream.of(Split.values())
                .filter(split -> split.label().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                wrong(
                                        line,
                                        "unknown split '%s'%s%ntrain, val or test would be right"
                                                .formatted(name, Nearest.hint(name, SPLITS))));
    }

    /**
     * The labels of the training images, sorted: as numbers where all are whole numbers.
     *
     * @throws WorkFailed if there is no training image
     */
    List<String> classes() {
        List<String> labels =
                rows.stream()
                        .filter(row -> row.split() == Split.TRAIN)
                        .map(Row::label)
                        .distinct()
                        .toList();
        if (labels.isEmpty()) {
            throw new WorkFailed(
                    "%s lists no image to train on%nbelow the header path,label a line for each would be right"
                            .formatted(file));
        }
        boolean numbers = labels.stream().allMatch(label -> label.matches("\\d{1,9}"));
        Comparator<String> order =
                numbers
                        ? Comparator.comparingInt(Integer::parseInt)
                        : Comparator.<String>naturalOrder();
        return labels.stream().sorted(order.thenComparing(Comparator.naturalOrder())).toList();
    }

    /**
     * The images of one split, by class and then by path, as those of a folder.
     *
     * @throws WorkFailed for a label that is none of the classes
     */
    FolderListing listing(Path folder, Split split, List<String> classes) {
        List<Row> own = rows.stream().filter(row -> row.split() == split).toList();
        own.forEach(row -> requireClass(row, classes));
        Map<String, Integer> index = new HashMap<>();
        classes.forEach(name -> index.put(name, index.size()));
        List<Row> sorted =
                own.stream()
                        .sorted(
                                Comparator.<Row>comparingInt(row -> index.get(row.label()))
                                        .thenComparing(Row::path))
                        .toList();
        return new FolderListing(
                folder,
                sorted.stream().map(row -> Path.of(row.path())).toList(),
                sorted.stream().map(row -> index.get(row.label())).toList());
    }

    private void requireClass(Row row, List<String> classes) {
        if (!classes.contains(row.label())) {
            throw wrong(
                    row.line(),
                    "'%s' is none of the classes of the training images%s"
                            .formatted(row.label(), Nearest.hint(row.label(), classes)));
        }
    }

    private WorkFailed wrong(long line, String what) {
        return new WorkFailed("%s:%d: %s".formatted(file, line, what));
    }
}
