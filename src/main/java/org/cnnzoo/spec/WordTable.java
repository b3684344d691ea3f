package org.cnnzoo.spec;

import java.util.Locale;

/** All words as Markdown, for the reference in {@code docs/architecture-files.md}. */
public final class WordTable {
    private WordTable() {}

    /** A section for each kind of word: each word, then its arguments as a table. */
    public static String markdown() {
        StringBuilder text = new StringBuilder();
        for (Word.Kind kind : Word.Kind.values()) {
            text.append("### ").append(title(kind)).append("\n\n");
            text.append(
                    "| word | argument | default | what may stand there |\n|---|---|---|---|\n");
            for (Word word : Words.all().values()) {
                if (word.kind() == kind) {
                    rows(word, text);
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String title(Word.Kind kind) {
        return switch (kind) {
            case OPERATION -> "Operations";
            case COMPOSITE -> "Composites: a few operations in one word";
            case STRUCTURE -> "Structures";
        };
    }

    private static void rows(Word word, StringBuilder text) {
        text.append("| **`").append(word.name()).append("`** | | | ").append(word.summary());
        text.append(" |\n");
        for (Argument a : word.arguments()) {
            boolean shorthand = a.name().equals(word.shorthand());
            text.append("| | `").append(a.name()).append(shorthand ? "` ◂ | " : "` | ");
            text.append(fallback(a)).append(" | ").append(a.doc()).append(": ");
            text.append(type(a)).append(" |\n");
        }
    }

    private static String fallback(Argument a) {
        if (a.fallback() == null) {
            return "*needed*";
        }
        return a.fallback().isEmpty() ? "" : "`" + a.fallback() + "`";
    }

    private static String type(Argument a) {
        return switch (a.type()) {
            case CHOICE -> String.join(", ", a.choices());
            case INTEGER, NUMBER ->
                    a.type().expected()
                            + String.format(
                                    Locale.ROOT, ", %s to %s", plain(a.least()), plain(a.most()));
            default -> a.type().expected();
        };
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
