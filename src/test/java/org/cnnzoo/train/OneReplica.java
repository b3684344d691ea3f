package org.cnnzoo.train;

import java.util.List;

/** A replica in this process that does the whole of each step. */
record OneReplica(Replica replica, Sync sync) implements Replicas {
    @Override
    public int parts() {
        return 1;
    }

    @Override
    public int every() {
        return 1;
    }

    @Override
    public List<Part> round(Round round) {
        return List.of(replica.part(round, 0));
    }
}
