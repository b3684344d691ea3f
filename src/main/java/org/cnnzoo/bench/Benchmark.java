package org.cnnzoo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.cnnzoo.build.Backend;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.build.Step;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.eval.NativeMemory;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Shape;
import org.cnnzoo.train.Optimizer;
import org.cnnzoo.train.Targets;
import org.cnnzoo.train.TrainSettings;
import org.cnnzoo.train.TrainState;
import org.cnnzoo.train.Trainable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times a network's steps on one batch of synthetic images and labels, the same in every process.
 * The steps are those of training and evaluation themselves; only the data are made up.
 */
public final class Benchmark {
    private static final long SEED = 1;

    /** Small: at 0.01 AlexNet with fresh weights diverges within eight steps. */
    private static final double LR = 1e-4;

    private static final double MOMENTUM = 0.9;

    private final Model model;
    private final int batch;
    private final INDArray images;
    private final Optional<LayerClock> clock;
    private final NativeMemory memory = new NativeMemory();

    /**
     * Builds the network.
     *
     * @param batch images in a step
     * @param profile whether each layer is timed too
     */
    public Benchmark(Network network, Backend backend, int batch, boolean profile) {
        this.model = ModelBuilder.build(network, SEED, backend);
        this.batch = batch;
        Shape input = network.input();
        long[] shape = {batch, input.sizes().get(0), input.sizes().get(1), input.sizes().get(2)};
        Nd4j.getRandom().setSeed(SEED);
        this.images = Nd4j.randn(DataType.FLOAT, shape);
        this.clock = profile ? Optional.of(LayerClock.of(model)) : Optional.empty();
    }

    /** What does the arithmetic, {@code onednn} or {@code nd4j}. */
    public String engine() {
        return model.engine();
    }

    /**
     * Warms up and measures.
     *
     * @throws WorkFailed if the loss of a training step is not finite
     */
    public Measurement run(Mode mode, Sampling sampling) {
        Runnable step =
                switch (mode) {
                    case INFERENCE -> () -> model.logits(images);
                    case TRAIN -> training();
                };
        for (int i = 0; i < sampling.warmUp(); i++) {
            step.run();
        }
        clock.ifPresent(LayerClock::reset);
        List<Long> nanos = new ArrayList<>();
        long start = System.nanoTime();
        long ended = start;
        while (!sampling.reached(nanos.size(), ended - start)) {
            long began = System.nanoTime();
            step.run();
            memory.passDone();
            ended = System.nanoTime();
            nanos.add(ended - began);
            for (LayerClock layers : clock.stream().toList()) {
                layers.stepDone(began, ended);
            }
        }
        return new Measurement(
                mode, new StepTimes(nanos), PeakMemory.megabytes(), clock.map(LayerClock::profile));
    }

    /** Steps of SGD with momentum, one-hot targets, auxiliary heads included. */
    private Runnable training() {
        TrainState state =
                new TrainState(
                        Trainable.of(model),
                        TrainSettings.builder(1, batch, LR)
                                .optimizer(new Optimizer.Sgd(MOMENTUM, false))
                                .build());
        INDArray targets = targets();
        long[] iteration = {0};
        return () -> {
            Step step = state.step(images, targets, iteration[0]++, LR, false);
            if (!Double.isFinite(step.loss())) {
                throw new WorkFailed(
                        "the loss became %s at training step %d: a step that updates nothing is not measured"
                                .formatted(step.loss(), iteration[0]));
            }
        };
    }

    private INDArray targets() {
        int classes = model.network().classes();
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        return new Targets(0, weights)
                .of(new SplittableRandom(SEED).ints(batch, 0, classes).toArray());
    }
}
