package org.cnnzoo.sweep;

import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.run.EpochRecord;

/** Who trains a trial, in this process or another. Used by as many threads as there are jobs. */
public interface TrialRunner extends AutoCloseable {
    /**
     * Trains until the job's last epoch, from the run folder's checkpoint if there is one.
     *
     * @param epochs told of each epoch that is done
     * @return what the network costs, or nothing if it was asked to stop before
     * @throws org.cnnzoo.errors.BadInput if the trial's configuration can't be right
     * @throws org.cnnzoo.errors.WorkFailed if it failed
     */
    Optional<Cost> run(Job job, Consumer<EpochRecord> epochs);

    /** Ends the processes that it has, before the sweep's folder may be another's. */
    @Override
    default void close() {}

    /**
     * What a network costs.
     *
     * @param parameters trainable ones
     * @param macs of one image's forward pass
     */
    record Cost(long parameters, long macs) {}
}
