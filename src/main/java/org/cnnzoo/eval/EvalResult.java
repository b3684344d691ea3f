package org.cnnzoo.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * What an evaluation found; as JSON the keys of {@code cnn eval --format json}.
 *
 * @param images how many were evaluated
 * @param loss mean cross-entropy, without label smoothing or class weights
 * @param top1 share of images whose first class is right, 0..1
 * @param top5 share of images with the right class among the first five, 0..1; 1 where there are
 *     five classes or fewer
 * @param perClass in the order of the network's outputs
 * @param confusion images by true class (rows) and answer (columns)
 * @param calibration images by how sure the network was; as JSON its bins
 */
@JsonPropertyOrder({
    "images",
    "loss",
    "top1",
    "top1_interval",
    "top5",
    "top5_interval",
    "ece",
    "macro",
    "weighted",
    "per_class",
    "confusion",
    "calibration"
})
public record EvalResult(
        long images,
        double loss,
        double top1,
        double top5,
        @JsonProperty("per_class") List<ClassFigures> perClass,
        List<List<Long>> confusion,
        Calibration calibration) {
    public EvalResult {
        perClass = List.copyOf(perClass);
        confusion = List.copyOf(confusion);
    }

    /**
     * One class against all others; a ratio without images to form it is 0.
     *
     * @param name of the class
     * @param precision share of right ones among the images answered with it
     * @param recall share of right answers among its images
     * @param f1 harmonic mean of the two
     * @param support how many images it has
     */
    @JsonPropertyOrder({"class", "precision", "recall", "f1", "support"})
    public record ClassFigures(
            @JsonProperty("class") String name,
            double precision,
            double recall,
            double f1,
            long support) {}

    /**
     * Means over classes.
     *
     * @param precision 0..1
     * @param recall 0..1
     * @param f1 mean of the classes' F1, not that of the two means
     */
    public record Averages(double precision, double recall, double f1) {}

    /** 95 % confidence interval of {@link #top1}, by Wilson. */
    @JsonProperty("top1_interval")
    public Interval top1Interval() {
        return Interval.wilson(top1, images);
    }

    /** 95 % confidence interval of {@link #top5}, by Wilson. */
    @JsonProperty("top5_interval")
    public Interval top5Interval() {
        return Interval.wilson(top5, images);
    }

    /** Expected calibration error, see {@link Calibration#error}. */
    @JsonProperty("ece")
    public double ece() {
        return calibration.error();
    }

    /**
     * Means in which each class weighs the same; outputs that are no image's class and no image's
     * answer don't count, as in scikit-learn.
     */
    @JsonProperty("macro")
    public Averages macro() {
        return averages(c -> perClass.get(c).support() > 0 || answered(c) > 0 ? 1 : 0);
    }

    /** Means in which each class weighs as much as it has images; the recall is top-1. */
    @JsonProperty("weighted")
    public Averages weighted() {
        return averages(c -> perClass.get(c).support());
    }

    private long answered(int column) {
        return confusion.stream().mapToLong(row -> row.get(column)).sum();
    }

    private Averages averages(IntToDoubleFunction weight) {
        return new Averages(
                mean(weight, ClassFigures::precision),
                mean(weight, ClassFigures::recall),
                mean(weight, ClassFigures::f1));
    }

    private double mean(IntToDoubleFunction weight, ToDoubleFunction<ClassFigures> figure) {
        double sum = 0;
        double weights = 0;
        for (int c = 0; c < perClass.size(); c++) {
            double w = weight.applyAsDouble(c);
            sum += w * figure.applyAsDouble(perClass.get(c));
            weights += w;
        }
        return sum / weights;
    }
}
