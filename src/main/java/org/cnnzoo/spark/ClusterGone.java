package org.cnnzoo.spark;

import org.cnnzoo.errors.WorkFailed;

/** There is no cluster any more: no fault of the work, which can go on with another one. */
public final class ClusterGone extends WorkFailed {
    private static final long serialVersionUID = 1L;

    ClusterGone(String message) {
        super(message);
    }
}
