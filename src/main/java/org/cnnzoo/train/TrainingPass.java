package org.cnnzoo.train;

/** Takes a network through the training images of an epoch, from where the course stands. */
interface TrainingPass {
    /** Whether it came to their end, rather than being stopped. */
    boolean run();
}
