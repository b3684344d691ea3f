package org.cnnzoo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cnnzoo.eval.LabelledAnswer;
import org.cnnzoo.report.Csv;
import org.cnnzoo.run.AtomicFile;

/**
 * Every answer of an evaluation as CSV: a heading, then a line for each image, in their order.
 *
 * @param file written beside and renamed
 * @param classes a name for each output
 * @param all whether each line ends with the probabilities of all classes
 */
record PredictionsFile(Path file, List<String> classes, boolean all) {

    /**
     * Writes what an evaluation tells of.
     *
     * @param evaluation gets who listens
     * @return what the evaluation returned
     * @throws org.cnnzoo.errors.WorkFailed if the file can't be written
     */
    <T> T during(Function<LabelledAnswer.Listener, T> evaluation) {
        List<T> result = new ArrayList<>();
        OutputFile.makeFolder(file);
        AtomicFile.write(
                file,
                out -> {
                    List<String> headings =
                            new ArrayList<>(List.of("name", "label", "predicted", "probability"));
                    if (all) {
                        classes.forEach(name -> headings.add("p " + name));
                    }
                    try {
                        write(out, headings);
                        result.add(evaluation.apply(answer -> write(out, cells(answer))));
                    } catch (UncheckedIOException e) {
                        throw e.getCause();
                    }
                });
        return result.get(0);
    }

    private List<Object> cells(LabelledAnswer answer) {
        List<Object> cells =
                new ArrayList<>(
                        List.of(
                                answer.name(),
                                classes.get(answer.label()),
                                classes.get(answer.answer()),
                                answer.confidence()));
        if (all) {
            for (double probability : answer.probabilities()) {
                cells.add(probability);
            }
        }
        return cells;
    }

    private static void write(OutputStream out, List<?> cells) {
        try {
            out.write((Csv.line(cells) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
