package org.cnnzoo.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows printed in aligned columns, two spaces apart. A column whose every filled cell is a number
 * stands to the right, its heading too.
 */
public final class Table {
    /** A number as a cell may show it: {@code -1,234.5}, {@code 98.5 %}, {@code 12.3M}. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d,]*\\.?\\d+ ?[%kKMGT]?");

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /**
     * Adds a row. Whole numbers are shown with thousands separators, other numbers with three
     * decimals; of anything else, its {@code toString()}.
     *
     * @throws IllegalArgumentException if there are not as many cells as headings
     */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under " + headings.size() + " headings");
        }
        rows.add(Stream.of(cells).map(Table::text).toList());
        return this;
    }

    /** Prints the headings and the rows; no line ends in spaces. */
    public void print(PrintStream out) {
        text().forEach(out::println);
    }

    /** The same to a command's writer. */
    public void print(PrintWriter out) {
        text().forEach(out::println);
    }

    private List<String> text() {
        List<Integer> columns = Stream.iterate(0, i -> i + 1).limit(headings.size()).toList();
        List<String> formats = columns.stream().map(this::format).toList();
        return lines().stream()
                .map(
                        line ->
                                columns.stream()
                                        .map(i -> formats.get(i).formatted(line.get(i)))
                                        .collect(Collectors.joining("  "))
                                        .stripTrailing())
                .toList();
    }

    private List<List<String>> lines() {
        return Stream.concat(Stream.of(headings), rows.stream()).toList();
    }

    private String format(int column) {
        int width = lines().stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
        List<String> filled =
                rows.stream().map(row -> row.get(column)).filter(cell -> !cell.isEmpty()).toList();
        boolean numbers =
                !filled.isEmpty()
                        && filled.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
        return width == 0 ? "%s" : "%" + (numbers ? "" : "-") + width + "s";
    }

    private static String text(Object cell) {
        if (cell instanceof Number number) {
            return cell instanceof Integer || cell instanceof Long
                    ? String.format(Locale.ROOT, "%,d", number.longValue())
                    : String.format(Locale.ROOT, "%.3f", number.doubleValue());
        }
        return cell.toString();
    }
}
