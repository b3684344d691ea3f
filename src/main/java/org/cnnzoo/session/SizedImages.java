package org.cnnzoo.session;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.network.Shape;
import org.cnnzoo.recipe.ResizePhase;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.train.TrainData;
import org.jspecify.annotations.Nullable;

/** The training images of each epoch where their size changes; those of one size at a time. */
final class SizedImages implements IntFunction<TrainData.Sized> {
    private final TrainingPlan plan;
    private final List<ResizePhase> phases;
    private final Function<Shape, PreparedImages> images;
    private final Consumer<String> log;
    private @Nullable ResizePhase phase;
    private TrainData.@Nullable Sized now;

    /**
     * @param images the training images for an input of a shape
     */
    SizedImages(
            TrainingPlan plan,
            List<ResizePhase> phases,
            Function<Shape, PreparedImages> images,
            Consumer<String> log) {
        this.plan = plan;
        this.phases = phases;
        this.images = images;
        this.log = log;
    }

    @Override
    public TrainData.Sized apply(int epoch) {
        ResizePhase wanted =
                phases.stream()
                        .filter(each -> each.after() <= epoch)
                        .reduce((one, next) -> next)
                        .orElseThrow();
        TrainData.Sized before = now;
        if (before != null && wanted.equals(phase)) {
            return before;
        }
        if (before != null) {
            before.train().release();
        }
        Shape size = wanted.network().input();
        log.accept(
                "training images are %dx%d from epoch %d on"
                        .formatted(size.height(), size.width(), wanted.after() + 1));
        phase = wanted;
        TrainData.Sized sized = new TrainData.Sized(images.apply(size), plan.augmentation(size));
        now = sized;
        return sized;
    }
}
