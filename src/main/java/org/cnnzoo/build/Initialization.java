package org.cnnzoo.build;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.GroupNorm;
import org.cnnzoo.network.LayerNorm;
import org.cnnzoo.network.LayerScale;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Operation;
import org.cnnzoo.network.PRelu;
import org.cnnzoo.network.Weight;
import org.cnnzoo.spec.Init;

/**
 * What weights start at. Numbers derive from the seed and the layer's position alone, so that a
 * model starts the same on every machine.
 */
final class Initialization {
    private final long seed;

    Initialization(long seed) {
        this.seed = seed;
    }

    /** The values of an array of a node, in C order. */
    float[] values(Node node, int position, Weight weight) {
        float[] values = new float[Math.toIntExact(weight.elements())];
        Operation operation = node.operation();
        if (operation instanceof Conv2d conv) {
            fill(
                    values,
                    weight,
                    position,
                    conv.init(),
                    fans(weight, conv.groups()),
                    conv.biasInit());
        } else if (operation instanceof Dense dense) {
            fill(values, weight, position, dense.init(), fans(weight, 1), dense.biasInit());
        } else {
            java.util.Arrays.fill(values, constant(operation, weight.name()));
        }
        return values;
    }

    private static float constant(Operation operation, String name) {
        boolean scale = name.equals("weight") || name.equals("running_var");
        if (operation instanceof BatchNorm norm && name.equals("weight")) {
            return (float) norm.gamma();
        }
        if (operation instanceof PRelu prelu) {
            return (float) prelu.init();
        }
        if (operation instanceof LayerScale layerScale) {
            return (float) layerScale.init();
        }
        boolean norm =
                operation instanceof BatchNorm
                        || operation instanceof GroupNorm
                        || operation instanceof LayerNorm;
        if (!norm) {
            throw new IllegalStateException(operation.type() + " has no arrays to start");
        }
        return scale ? 1 : 0;
    }

    /** How many inputs one output sees, and how many outputs one input reaches, in one group. */
    private record Fans(double in, double out) {}

    private static Fans fans(Weight weight, int groups) {
        if (!weight.name().equals("weight")) {
            return new Fans(1, 1);
        }
        double window = 1;
        for (int i = 2; i < weight.shape().size(); i++) {
            window *= weight.shape().get(i);
        }
        return new Fans(
                weight.shape().get(1) * window, (double) weight.shape().get(0) / groups * window);
    }

    private void fill(
            float[] values, Weight weight, int position, Init init, Fans fans, double bias) {
        if (!weight.name().equals("weight")) {
            java.util.Arrays.fill(values, (float) bias);
            return;
        }
        RandomGenerator random = new SplittableRandom(seed * 1_000_003 + position);
        switch (init.kind()) {
            case HE_FAN_IN -> normal(values, random, Math.sqrt(2 / fans.in()));
            case HE_FAN_OUT -> normal(values, random, Math.sqrt(2 / fans.out()));
            case XAVIER -> uniform(values, random, Math.sqrt(6 / (fans.in() + fans.out())));
            case LECUN -> uniform(values, random, Math.sqrt(3 / fans.in()));
            case TORCH -> uniform(values, random, 1 / Math.sqrt(fans.in()));
            case NORMAL -> normal(values, random, init.value());
            case UNIFORM -> uniform(values, random, init.value());
            case CONSTANT -> java.util.Arrays.fill(values, (float) init.value());
        }
    }

    private static void normal(float[] values, RandomGenerator random, double deviation) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
    }

    private static void uniform(float[] values, RandomGenerator random, double bound) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }
}
