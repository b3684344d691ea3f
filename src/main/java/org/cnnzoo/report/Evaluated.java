package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.eval.LabelledAnswer;
import org.cnnzoo.eval.Mistakes;
import org.cnnzoo.eval.TrainedModel;

/**
 * What a page shows of a checkpoint: its figures on a split, its mistakes, its first layer.
 *
 * @param split whose images, as a person calls it: {@code test split}
 * @param result the figures
 * @param classes a name for each output
 * @param mistakes the wrong answers that it was surest of
 * @param filters a picture of the first layer's weights, or nothing where they can't be shown
 */
public record Evaluated(
        String split,
        EvalResult result,
        List<String> classes,
        List<Shown> mistakes,
        Optional<FilterPicture> filters) {
    private static final int LONGEST_SIDE = 160;

    public Evaluated {
        classes = List.copyOf(classes);
        mistakes = List.copyOf(mistakes);
    }

    /**
     * A wrong answer and its image.
     *
     * @param png as the network saw it
     * @param pixelated whether it is so small that its pixels are to be seen
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Shown(LabelledAnswer answer, byte[] png, boolean pixelated) {}

    /**
     * Evaluates.
     *
     * @param trained the checkpoint's network
     * @param images of a split, through the network's preprocessing
     * @param split what to call them
     * @param workers threads that decode
     * @throws org.cnnzoo.errors.WorkFailed if no image could be decoded
     */
    public static Evaluated of(
            TrainedModel trained, PreparedImages images, String split, int workers) {
        List<String> classes = trained.provenance().classes();
        Mistakes mistakes = new Mistakes();
        EvalResult result =
                new Evaluation(classes, workers, 0)
                        .run(trained.model()::logits, images, 1, mistakes);
        return of(trained, images, split, result, mistakes);
    }

    /** Draws what an evaluation of those images found. */
    public static Evaluated of(
            TrainedModel trained,
            PreparedImages images,
            String split,
            EvalResult result,
            Mistakes mistakes) {
        return new Evaluated(
                split,
                result,
                trained.provenance().classes(),
                shown(mistakes.surest(), images),
                FilterPicture.of(trained.model()));
    }

    private static List<Shown> shown(List<LabelledAnswer> answers, PreparedImages images) {
        Map<String, Integer> wanted = new HashMap<>();
        answers.forEach(answer -> wanted.put(answer.name(), -1));
        for (int i = 0; i < images.set().size(); i++) {
            wanted.replace(images.set().name(i), i);
        }
        List<Shown> shown = new ArrayList<>();
        for (LabelledAnswer answer : answers) {
            int index = wanted.getOrDefault(answer.name(), -1);
            Optional<PixelImage> image = index < 0 ? Optional.empty() : images.image(index);
            image.ifPresent(
                    pixels ->
                            shown.add(
                                    new Shown(
                                            answer,
                                            Png.of(pixels, LONGEST_SIDE),
                                            pixels.width() < LONGEST_SIDE / 2)));
        }
        return shown;
    }
}
