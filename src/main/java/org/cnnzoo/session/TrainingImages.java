package org.cnnzoo.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.Split;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Shape;
import org.cnnzoo.recipe.ResizePhase;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.train.TrainData;

/** The images of a plan, prepared for its network, or for other sizes of it. */
final class TrainingImages {
    private final TrainingPlan plan;
    private final Preprocessing preprocessing;
    private final Augmentation augmentation;
    private final List<ResizePhase> phases;
    private final ImageSource source;
    private final Consumer<String> log;

    /**
     * @param preprocessing to the network's input
     * @param log told of images that are left out, and of sizes
     */
    TrainingImages(
            TrainingPlan plan,
            Preprocessing preprocessing,
            ImageSource source,
            Consumer<String> log) {
        this.plan = plan;
        this.preprocessing = preprocessing;
        this.augmentation = plan.augmentation();
        this.phases = plan.phases();
        this.source = source;
        this.log = log;
    }

    /** What a training sees. */
    TrainData data() {
        if (phases.isEmpty()) {
            return new TrainData(train(), augmentation, of(Split.VAL));
        }
        // Of these the labels alone are asked for
        PreparedImages labels =
                new PreparedImages(plan.data().split(Split.TRAIN), preprocessing, 0);
        SizedImages sized = new SizedImages(plan, phases, this::train, log);
        return new TrainData(labels, augmentation, of(Split.VAL), Optional.of(sized));
    }

    /** A split's images as they are evaluated. */
    PreparedImages of(Split split) {
        return source.images(plan.data(), split, preprocessing, false, log);
    }

    /** The training images for the network's own input. */
    PreparedImages train() {
        return train(plan.network().input());
    }

    private PreparedImages train(Shape size) {
        return source.images(
                plan.data(),
                Split.TRAIN,
                preprocessing.withSize(size.height(), size.width()),
                augmentation.crop().isPresent(),
                log);
    }

    /** The network for training images of that many pixels a side. */
    Network network(int side) {
        return phases.stream()
                .map(ResizePhase::network)
                .filter(network -> network.input().height() == side)
                .findFirst()
                .orElseThrow();
    }
}
