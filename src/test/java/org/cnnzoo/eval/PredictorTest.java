package org.cnnzoo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.cnnzoo.data.ImageFiles;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PredictorTest {
    private static final float NAN = Float.NaN;
    private static final List<String> CLASSES = List.of("dark", "middle", "light", "none");
    private static final Preprocessing PLAIN =
            new Preprocessing(
                    1, 2, 2, ResizeMode.CROP, new Normalization(new float[] {0}, new float[] {1}));

    @TempDir private Path folder;
    private final List<Integer> done = new ArrayList<>();

    /** Sees a grey value (0..255) and answers with the row of logits of that number. */
    private static Classifier table(float[]... rows) {
        return images -> {
            int n = (int) images.size(0);
            INDArray logits = Nd4j.create(n, rows[0].length);
            for (int i = 0; i < n; i++) {
                int seen = Math.round(255 * images.getFloat(i, 0, 1, 1));
                logits.putRow(i, Nd4j.createFromArray(rows[seen]));
            }
            return logits;
        };
    }

    private Path gray(int value) throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {value, value, value, value});
        Path file = folder.resolve(value + ".png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private Path broken(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "no image");
    }

    private List<Prediction> predict(
            Predictor predictor, List<Path> files, int batchSize, int workers) {
        ImageFiles images = new ImageFiles(files);
        return predictor.images(
                images,
                new PreparedImages(images, PLAIN, 0, line -> {}),
                LoaderOptions.evaluation(batchSize).withWorkers(workers),
                done::add);
    }

    private Prediction.Answer answer(float[] logits, int topK, boolean keep) throws IOException {
        Predictor predictor = new Predictor(table(logits), CLASSES, PLAIN, topK, keep);
        return (Prediction.Answer) predict(predictor, List.of(gray(0)), 1, 0).get(0);
    }

    /** Probabilities: torch.softmax of PyTorch 1.13, in float64. */
    @Test
    void ranksClassesByTheirSoftmax() throws IOException {
        Prediction.Answer answer = answer(new float[] {1, 3, 2, -1}, 3, false);
        assertThat(answer.predictions())
                .extracting(Prediction.Ranked::name)
                .containsExactly("middle", "light", "dark");
        assertThat(answer.predictions())
                .extracting(Prediction.Ranked::rank)
                .containsExactly(1, 2, 3);
        assertThat(answer.predictions().get(0).probability())
                .isCloseTo(0.6572330228318554, within(1e-12));
        assertThat(answer.predictions().get(2).probability())
                .isCloseTo(0.0889468172974043, within(1e-12));
        assertThat(answer.predictions().get(2).logit()).isEqualTo(1);
        assertThat(answer.logits()).isNull();
    }

    @Test
    void largeLogitsDontOverflowAndTiesKeepTheOrderOfTheOutputs() throws IOException {
        Prediction.Answer answer = answer(new float[] {1000, 1001, 1000, -1000}, 9, true);
        assertThat(answer.predictions())
                .extracting(Prediction.Ranked::name)
                .containsExactly("middle", "dark", "light", "none");
        assertThat(answer.predictions().get(1).probability())
                .isCloseTo(0.21194155761708547, within(1e-12));
        assertThat(answer.predictions().get(3).probability()).isZero();
        assertThat(answer.logits()).containsExactly(1000, 1001, 1000, -1000);
    }

    @Test
    void logitsThatAreNoNumbersAreSaidNotRanked() throws IOException {
        Predictor predictor =
                new Predictor(
                        table(
                                new float[] {0, NAN, 1, NAN},
                                new float[] {0, 0, Float.POSITIVE_INFINITY, 0},
                                new float[] {1, 2, 3, 4}),
                        CLASSES,
                        PLAIN,
                        1,
                        true);
        List<Prediction> all = predict(predictor, List.of(gray(0), gray(1), gray(2)), 3, 0);
        assertThat(all.get(0))
                .isEqualTo(
                        new Prediction.Failure(
                                folder.resolve("0.png").toString(),
                                "2 of the network's 4 logits are NaN or infinite"));
        assertThat(all.get(1)).isInstanceOf(Prediction.Failure.class);
        assertThat(all.get(2)).isInstanceOf(Prediction.Answer.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void answersStayInTheOrderOfTheFilesWhateverIsBroken(int workers) throws IOException {
        float[][] rows = new float[8][4];
        for (int v = 0; v < rows.length; v++) {
            rows[v][0] = v;
        }
        Predictor predictor = new Predictor(table(rows), CLASSES, PLAIN, 4, true);
        // In batches of two: one whole, one half, one lost, one half, and a lost one at the end
        List<Path> files =
                List.of(
                        gray(1),
                        gray(2),
                        broken("a"),
                        gray(3),
                        broken("b"),
                        folder.resolve("missing.png"),
                        gray(2),
                        broken("a"),
                        broken("c"));
        List<Prediction> all = predict(predictor, files, 2, workers);
        assertThat(all)
                .extracting(Prediction::file)
                .containsExactlyElementsOf(files.stream().map(Path::toString).toList());
        assertThat(all.stream().map(PredictorTest::seen))
                .containsExactly("1", "2", "bad", "3", "bad", "no such file", "2", "bad", "bad");
        assertThat(done.stream().mapToInt(Integer::intValue).sum()).isEqualTo(9);
    }

    private static String seen(Prediction prediction) {
        if (prediction instanceof Prediction.Answer answer) {
            return "" + (int) answer.logits()[0];
        }
        String error = ((Prediction.Failure) prediction).error();
        return error.startsWith("not a PNG") ? "bad" : error;
    }
}
