package org.cnnzoo.train;

import java.util.List;

/** The replicas of a network that share each batch of a training, wherever they are. */
public interface Replicas {
    /** How many share a batch: each has so many-th of its images. */
    int parts();

    /** What is brought together. */
    Sync sync();

    /** How many batches each replica does between two times that they are brought together. */
    int every();

    /**
     * Does a round.
     *
     * @return what each part led to, in order
     * @throws org.cnnzoo.errors.WorkFailed if that is impossible
     */
    List<Part> round(Round round);
}
