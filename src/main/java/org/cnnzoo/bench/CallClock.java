package org.cnnzoo.bench;

import org.cnnzoo.build.Model;

/** Times the calls that a model on oneDNN makes for each of its nodes. */
final class CallClock extends LayerClock {
    CallClock(Model model) {
        super(model);
        model.setTimer(this::layerDone);
    }

    @Override
    String other() {
        return "layout";
    }
}
