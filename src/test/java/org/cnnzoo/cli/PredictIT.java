package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.ImageSet;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Split;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Predictions of what the real command line trained. */
class PredictIT {
    private static final Path HOME = Path.of(System.getProperty("cnn.home", "."));
    private static final int IMAGES = 20;
    private static final int CLASSES = 10;

    @TempDir private static Path folder;
    private static TrainedModel trained;

    @BeforeAll
    static void train() throws Exception {
        CnnProcess process =
                CnnProcess.start(
                        folder,
                        "train",
                        "--model",
                        "lenet5",
                        "--epochs",
                        "1",
                        "--limit-train-batches",
                        "60",
                        "--output-dir",
                        "run");
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        trained =
                TrainedModel.load(
                        folder.resolve("run/checkpoints/best.zip"),
                        new Zoo(HOME.resolve("configs/models")));
        ImageSet test = test();
        Files.createDirectories(folder.resolve("photos/more"));
        Files.createDirectory(folder.resolve("empty"));
        for (int i = 0; i < IMAGES; i++) {
            PixelImage image = test.image(i);
            BufferedImage gray = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            gray.getRaster().setDataElements(0, 0, 28, 28, image.pixels());
            ImageIO.write(gray, "png", folder.resolve(photo(i)).toFile());
        }
        Files.writeString(folder.resolve("broken.png"), "no image");
    }

    /** The first half in a folder, the second in one below, so that paths sort by number. */
    private static String photo(int i) {
        return (i < IMAGES / 2 ? "photos/%02d.png" : "photos/more/%02d.png").formatted(i);
    }

    private static ImageSet test() {
        Dataset data = Datasets.open("fashion-mnist", HOME, Optional.empty());
        return data.split(Split.TEST);
    }

    private static CnnProcess predict(int exitCode, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of("predict"));
        all.addAll(List.of(args));
        CnnProcess process = CnnProcess.start(folder, all.toArray(String[]::new));
        assertThat(process.exitCode()).as(process.stderr()).isEqualTo(exitCode);
        return process;
    }

    private static JsonNode json(int exitCode, String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--format", "json"));
        return new ObjectMapper().readTree(predict(exitCode, all.toArray(String[]::new)).stdout());
    }

    private static double[] softmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double[] shares = new double[logits.length];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = Math.exp(logits[c]) / sum;
        }
        return shares;
    }

    /** The logits that an evaluation's path computes for the test split's first images. */
    private static float[] evaluated() {
        List<float[]> seen = new ArrayList<>();
        new Evaluation(trained.provenance().classes())
                .run(
                        images -> {
                            INDArray logits = trained.model().logits(images);
                            seen.add(FlatVector.copy(logits));
                            return logits;
                        },
                        new PreparedImages(
                                new First(test(), IMAGES), trained.provenance().preprocessing()));
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    private record First(ImageSet set, int size) implements ImageSet {
        @Override
        public int label(int i) {
            return set.label(i);
        }

        @Override
        public String name(int i) {
            return set.name(i);
        }

        @Override
        public PixelImage image(int i) throws IOException {
            return set.image(i);
        }
    }

    @Test
    void imageFilesGetWhatAnEvaluationComputesForTheSamePictures() throws Exception {
        JsonNode all = json(0, "photos", "--run", "run", "--logits", "--top-k", "10");
        assertThat(all).hasSize(IMAGES);
        float[] expected = evaluated();
        for (int i = 0; i < IMAGES; i++) {
            float[] logits = Arrays.copyOfRange(expected, i * CLASSES, (i + 1) * CLASSES);
            double[] probabilities = softmax(logits);
            JsonNode entry = all.get(i);
            assertThat(entry.get("file").asText()).isEqualTo(photo(i));
            assertThat(entry.get("predictions")).hasSize(CLASSES);
            double before = 1;
            for (JsonNode prediction : entry.get("predictions")) {
                int c = trained.provenance().classes().indexOf(prediction.get("class").asText());
                double probability = prediction.get("probability").asDouble();
                assertThat(probability).isCloseTo(probabilities[c], within(1e-6));
                assertThat(probability).isLessThanOrEqualTo(before);
                before = probability;
            }
            for (int c = 0; c < CLASSES; c++) {
                assertThat(entry.get("logits").get(c).asDouble())
                        .isCloseTo(logits[c], within(1e-5));
            }
        }
    }

    @Test
    void aTensorsLogitsAreTheModelsOwn() throws Exception {
        INDArray images = Nd4j.randn(7, 1, 28, 28);
        Nd4j.writeAsNumpy(images, folder.resolve("x.npy").toFile());
        JsonNode all =
                json(
                        0,
                        "--checkpoint",
                        "run/checkpoints/best.zip",
                        "--tensor",
                        "x.npy",
                        "--logits",
                        "-b",
                        "3");
        assertThat(all).hasSize(7);
        float[] expected = FlatVector.copy(trained.model().logits(images));
        for (int i = 0; i < 7; i++) {
            JsonNode entry = all.get(i);
            assertThat(entry.get("file").asText()).isEqualTo("x.npy#" + i);
            assertThat(entry.get("predictions")).hasSize(5);
            assertThat(entry.get("logits")).hasSize(CLASSES);
            for (int c = 0; c < CLASSES; c++) {
                assertThat(entry.get("logits").get(c).asDouble())
                        .isCloseTo(expected[i * CLASSES + c], within(1e-4));
            }
        }
    }

    @Test
    void aTensorsNanIsSaidAndTheOtherRowsArePredicted() throws Exception {
        INDArray images = Nd4j.zeros(2, 1, 28, 28);
        images.putScalar(new int[] {0, 0, 14, 14}, Float.NaN);
        Nd4j.writeAsNumpy(images, folder.resolve("nan.npy").toFile());
        JsonNode all = json(1, "--run", "run", "--tensor", "nan.npy");
        assertThat(all.at("/0/error").asText()).contains("NaN");
        assertThat(all.at("/1/predictions")).hasSize(5);
    }

    @Test
    void aBrokenTensorIsNoCrash() throws Exception {
        Nd4j.writeAsNumpy(Nd4j.zeros(2, 1, 28, 28), folder.resolve("cut.npy").toFile());
        byte[] whole = Files.readAllBytes(folder.resolve("cut.npy"));
        Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 100));
        assertThat(predict(1, "--run", "run", "--tensor", "cut.npy").stderr())
                .contains("cnn: cut.npy: ");
        Nd4j.writeAsNumpy(Nd4j.zeros(2, 3, 28, 28), folder.resolve("rgb.npy").toFile());
        assertThat(predict(2, "--run", "run", "--tensor", "rgb.npy").stderr())
                .contains("[2, 3, 28, 28]", "lenet5 takes [N, 1, 28, 28]");
    }

    @Test
    void oneBrokenFileDoesNotLoseTheOthers() throws Exception {
        CnnProcess process =
                predict(
                        1,
                        photo(3),
                        "broken.png",
                        "missing.png",
                        photo(1),
                        "--run",
                        "run",
                        "-b",
                        "1",
                        "--format",
                        "csv",
                        "--top-k",
                        "1");
        List<String> lines = process.stdout().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("file,class,probability,rank,error");
        assertThat(lines.get(1)).startsWith(photo(3) + ",").endsWith(",1,");
        assertThat(lines.get(2)).startsWith("broken.png,,,,").contains("not a PNG");
        assertThat(lines.get(3)).isEqualTo("missing.png,,,,no such file");
        assertThat(lines.get(4)).startsWith(photo(1) + ",");
        assertThat(process.stderr())
                .contains("cnn: broken.png: not a PNG", "cnn: missing.png: no such file");
    }

    @Test
    void globsAreExpandedHereAndWhatMatchesNothingIsNamed() throws Exception {
        JsonNode all = json(0, "photos/**/*5.png", "--run", "run", "--last", "--top-k", "2");
        assertThat(all).hasSize(2);
        assertThat(all.at("/0/file").asText()).isEqualTo(photo(5));
        assertThat(all.at("/1/file").asText()).isEqualTo(photo(15));
        assertThat(all.at("/1/predictions")).hasSize(2);
        assertThat(predict(2, "photos/*.jpg", "--run", "run").stderr())
                .isEqualToIgnoringNewLines("cnn: no image file matches 'photos/*.jpg'");
        assertThat(predict(2, "empty", "--run", "run").stderr())
                .contains("no image in the folder empty");
    }

    @Test
    void aSheetShowsTheImagesWithTheirClass() throws Exception {
        CnnProcess process =
                predict(0, "photos/more", "--run", "run", "--sheet", "sheet.png", "--top-k", "1");
        assertThat(process.stdout().lines()).hasSize(1 + IMAGES / 2);
        assertThat(process.stderr()).doesNotContain("cnn:");
        BufferedImage sheet = ImageIO.read(folder.resolve("sheet.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(8 + 10 * (84 + 8));
        // Enlarged three times, and as the first image of the folder below
        int middle = sheet.getRGB(8 + 3 * 14, 8 + 3 * 14) & 0xFF;
        assertThat(middle).isEqualTo(test().image(IMAGES / 2).at(0, 14, 14));
    }
}
