package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A run's {@code config.yaml} as a person reads it: values by group, with where each came from.
 *
 * <p>Not by a YAML reader, which would lose the comments that say where; the file's lines all have
 * one form, see {@link org.cnnzoo.recipe.ConfigurationFile}.
 *
 * @param remarks the lines at its top
 * @param entries in the file's order
 */
public record ConfigTable(List<String> remarks, List<Entry> entries) {
    /** A value, perhaps in quotes, and what stands behind it. */
    private static final String VALUE =
            "(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'|.*?)(?:\\s+# (.*))?";

    private static final Pattern LINE = Pattern.compile("([A-Za-z][\\w.-]*): " + VALUE);

    /** What was set in the architecture's file. */
    private static final Pattern SET = Pattern.compile("  - " + VALUE);

    public ConfigTable {
        remarks = List.copyOf(remarks);
        entries = List.copyOf(entries);
    }

    /**
     * A setting.
     *
     * @param group the heading that it stands under
     * @param value as written
     * @param source where it came from
     */
    record Entry(String group, String key, String value, String source) {
        /** Whether something else turns it off. */
        boolean idle() {
            return source.contains("; no effect");
        }
    }

    /** Reads the file's text. */
    static ConfigTable of(String text) {
        List<String> remarks = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        String group = "";
        boolean top = true;
        for (String line : text.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            Matcher set = SET.matcher(line);
            if (line.isBlank()) {
                top = false;
            } else if (line.startsWith("# ")) {
                if (top) {
                    remarks.add(line.substring(2));
                } else {
                    group = line.substring(2);
                }
            } else if (matcher.matches()) {
                String source = matcher.group(3) == null ? "" : matcher.group(3);
                entries.add(new Entry(group, matcher.group(1), matcher.group(2), source));
            } else if (set.matches()) {
                String[] parts = set.group(1).replaceAll("^'|'$", "").split("=", 2);
                String value = parts.length > 1 ? parts[1] : "";
                String source = set.group(2) == null ? "" : set.group(2);
                entries.add(new Entry(group, "set " + parts[0], value, source));
            }
        }
        return new ConfigTable(remarks, entries);
    }

    /** A value as written. */
    Optional<String> find(String key) {
        return entries.stream().filter(e -> e.key().equals(key)).map(Entry::value).findFirst();
    }

    /** Where a value came from, idle ones greyed. */
    String html() {
        List<String> parts = new ArrayList<>();
        String group = "";
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.group().equals(group) && !rows.isEmpty()) {
                parts.add(group(group, rows));
                rows.clear();
            }
            group = entry.group();
            rows.add(
                    Stream.of(entry.key(), entry.value(), entry.source())
                            .map(Html::text)
                            .map(
                                    cell ->
                                            entry.idle()
                                                    ? "<span class=\"idle\">" + cell + "</span>"
                                                    : cell)
                            .toList());
        }
        if (!rows.isEmpty()) {
            parts.add(group(group, rows));
        }
        return parts.isEmpty()
                ? ""
                : "<div class=\"facts\">\n" + String.join("\n", parts) + "\n</div>";
    }

    private static String group(String group, List<List<String>> rows) {
        return "<div>\n<h3>%s</h3>\n%s\n</div>"
                .formatted(Html.text(group), Html.table("words config", List.of(), rows));
    }

    /**
     * The settings in which runs differ, a column for each run.
     *
     * @param names of the runs
     */
    static String difference(List<ConfigTable> runs, List<String> names) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> run.entries().forEach(entry -> keys.add(entry.key())));
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys) {
            List<String> values = runs.stream().map(run -> run.find(key).orElse("\u2013")).toList();
            if (values.stream().distinct().count() > 1) {
                rows.add(Stream.concat(Stream.of(key), values.stream()).map(Html::text).toList());
            }
        }
        List<String> headings = Stream.concat(Stream.of(""), names.stream()).toList();
        return rows.isEmpty()
                ? Html.paragraph("The runs have the same configuration.")
                : Html.table("words", headings, rows);
    }
}
