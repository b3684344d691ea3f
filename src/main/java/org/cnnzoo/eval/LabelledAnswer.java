package org.cnnzoo.eval;

import java.util.Arrays;

/**
 * What a network said of one image whose class is known.
 *
 * @param name see {@link org.cnnzoo.data.ImageSet#name}
 * @param label the true class
 * @param answer the class that the network put first
 * @param probabilities by softmax over all classes, 0..1; this answer's own array
 */
@SuppressWarnings("ArrayRecordComponent") // a list would box every class of every image
public record LabelledAnswer(String name, int label, int answer, double[] probabilities) {

    /** Who wants to know each answer of an evaluation, in the order of the images. */
    @FunctionalInterface
    public interface Listener {
        /** Nobody: answers aren't even made. */
        Listener NONE = answer -> {};

        void answered(LabelledAnswer answer);
    }

    /** The probability of the class that was put first: how sure the network was. */
    public double confidence() {
        return probabilities[answer];
    }

    /** Whether the class that was put first is the true one. */
    public boolean right() {
        return answer == label;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelledAnswer that
                && name.equals(that.name)
                && label == that.label
                && answer == that.answer
                && Arrays.equals(probabilities, that.probabilities);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(probabilities);
    }

    @Override
    public String toString() {
        return "%s: %d, answered %d".formatted(name, label, answer);
    }
}
