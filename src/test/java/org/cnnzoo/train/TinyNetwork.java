package org.cnnzoo.train;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Parameter.Role;
import org.cnnzoo.build.Step;
import org.cnnzoo.data.Seeds;
import org.cnnzoo.run.FlatVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear layer on inputs that are centred, by the batch in training and by a running mean
 * elsewhere, with inputs dropped at random: little, but with all that a checkpoint must carry.
 */
class TinyNetwork implements Trainable {
    private final int inputs;
    private final int classes;
    private final INDArray values;
    private final INDArray gradients;

    /** The loss of this iteration becomes NaN; -1 for none. */
    long poisoned = -1;

    /** Share of the inputs that isn't dropped. */
    float kept = 0.9f;

    TinyNetwork(int inputs, int classes) {
        this.inputs = inputs;
        this.classes = classes;
        float[] start = new float[inputs * classes + classes + inputs];
        SplittableRandom random = Seeds.random(5);
        for (int i = 0; i < inputs * classes; i++) {
            start[i] = (float) (random.nextDouble() - 0.5) / 10;
        }
        this.values = Nd4j.createFromArray(start);
        this.gradients = Nd4j.zeros(start.length);
    }

    @Override
    public List<Parameter> parameters() {
        int weights = inputs * classes;
        return List.of(
                new Parameter("0.weight", Role.WEIGHT, 0, weights),
                new Parameter("0.bias", Role.BIAS, weights, classes),
                new Parameter("0.mean", Role.RUNNING, weights + classes, inputs));
    }

    @Override
    public INDArray values() {
        return values;
    }

    @Override
    public INDArray gradients() {
        return gradients;
    }

    @Override
    public String configuration() {
        return "{}";
    }

    @Override
    public Step forwardBackward(INDArray images, INDArray targets, long iteration) {
        float[] x = FlatVector.copy(images);
        float[] t = FlatVector.copy(targets);
        float[] p = FlatVector.copy(values);
        float[] g = new float[p.length];
        int count = (int) images.size(0);
        int running = inputs * classes + classes;
        SplittableRandom dropout = Seeds.random(9, iteration);
        for (int i = 0; i < inputs; i++) {
            float mean = 0;
            for (int n = 0; n < count; n++) {
                mean += x[n * inputs + i] / count;
            }
            g[running + i] = 0.1f * (p[running + i] - mean);
            for (int n = 0; n < count; n++) {
                float keep = dropout.nextDouble() < kept ? 1 / kept : 0;
                x[n * inputs + i] = keep * (x[n * inputs + i] - mean);
            }
        }
        float[] logits = scores(p, x, count);
        float[] probabilities = softmax(logits.clone(), count);
        double loss = 0;
        for (int n = 0; n < count; n++) {
            float sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += t[n * classes + c];
            }
            for (int c = 0; c < classes; c++) {
                int at = n * classes + c;
                loss -= t[at] * Math.log(probabilities[at]) / count;
                float delta = (sum * probabilities[at] - t[at]) / count;
                g[inputs * classes + c] += delta;
                for (int i = 0; i < inputs; i++) {
                    g[c * inputs + i] += delta * x[n * inputs + i];
                }
            }
        }
        FlatVector.of(gradients).write(0, g, g.length);
        return new Step(
                iteration == poisoned ? Double.NaN : loss,
                Nd4j.createFromArray(logits).reshape(count, classes));
    }

    @Override
    public INDArray logits(INDArray images) {
        float[] x = FlatVector.copy(images);
        float[] p = FlatVector.copy(values);
        int count = (int) images.size(0);
        for (int k = 0; k < x.length; k++) {
            x[k] -= p[inputs * classes + classes + k % inputs];
        }
        return Nd4j.createFromArray(scores(p, x, count)).reshape(count, classes);
    }

    private float[] scores(float[] p, float[] x, int count) {
        float[] z = new float[count * classes];
        for (int n = 0; n < count; n++) {
            for (int c = 0; c < classes; c++) {
                float sum = p[inputs * classes + c];
                for (int i = 0; i < inputs; i++) {
                    sum += p[c * inputs + i] * x[n * inputs + i];
                }
                z[n * classes + c] = sum;
            }
        }
        return z;
    }

    private float[] softmax(float[] z, int count) {
        float[] out = Arrays.copyOf(z, z.length);
        for (int n = 0; n < count; n++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(z[n * classes + c]);
            }
            for (int c = 0; c < classes; c++) {
                out[n * classes + c] = (float) (Math.exp(z[n * classes + c]) / sum);
            }
        }
        return out;
    }
}
