package org.cnnzoo.bench;

import org.cnnzoo.build.Model;

/** Times a model's layers while steps run. */
interface LayerClock {
    /** A clock for a model, which is timed from now on. */
    static LayerClock of(Model model) {
        return model.engine().equals("onednn") ? new CallClock(model) : new GraphClock(model);
    }

    /** Forgets what was timed: warm-up is over. */
    void reset();

    /** A step is done that began and ended at these readings of {@link System#nanoTime}. */
    void stepDone(long began, long ended);

    /** What was timed since {@link #reset}, means over the steps. */
    Profile profile();
}
