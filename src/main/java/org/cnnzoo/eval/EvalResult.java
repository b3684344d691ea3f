package org.cnnzoo.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

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
 */
@JsonPropertyOrder({"images", "loss", "top1", "top5", "per_class", "confusion"})
public record EvalResult(
        long images,
        double loss,
        double top1,
        double top5,
        @JsonProperty("per_class") List<ClassFigures> perClass,
        List<List<Long>> confusion) {
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
}
