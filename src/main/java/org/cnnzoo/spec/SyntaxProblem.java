package org.cnnzoo.spec;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What the YAML parser found wrong, in words for a person who did not read YAML's grammar. */
final class SyntaxProblem {
    private SyntaxProblem() {}

    static SpecException of(MarkedYamlEngineException e, String text, Where where) {
        Where begin =
                e.getContextMark()
                        .map(m -> new Where(where.file(), m.getLine() + 1, m.getColumn() + 1))
                        .orElse(where);
        String problem = String.valueOf(e.getProblem());
        String context = String.valueOf(e.getContext());
        if (indentedByTab(text, where)) {
            return new SpecException(
                    where, "a tab in the indentation; YAML indents with spaces", e);
        }
        if (problem.startsWith("expected ',' or")) {
            return new SpecException(
                    begin,
                    "this bracket is not closed before line "
                            + where.line()
                            + "; YAML expected "
                            + problem.substring("expected ".length(), problem.indexOf("but") - 2)
                            + " there",
                    e);
        }
        if (context.contains("quoted scalar")
                && (problem.contains("unexpected end of stream")
                        || problem.contains("document separator"))) {
            return new SpecException(begin, "this quote is not closed", e);
        }
        if (problem.contains("could not find expected ':'")) {
            return new SpecException(begin, "a key needs ':' behind it, as in 'features:'", e);
        }
        if (problem.contains("<block end>")) {
            return new SpecException(
                    where,
                    "this line fits neither the list or mapping that begins at line "
                            + begin.line()
                            + " nor one around it; is it indented like its neighbours?",
                    e);
        }
        return new SpecException(
                where,
                "is not YAML: " + (e.getContext() == null ? "" : context + ", ") + problem,
                e);
    }

    private static boolean indentedByTab(String text, Where where) {
        String[] lines = text.split("\n", -1);
        String line = where.line() <= lines.length ? lines[where.line() - 1] : "";
        return line.substring(0, line.length() - line.stripLeading().length()).contains("\t");
    }
}
