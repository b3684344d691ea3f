package org.cnnzoo.train;

import java.util.Optional;
import org.cnnzoo.errors.Labelled;
import org.cnnzoo.run.EpochRecord;

/**
 * How a training ended.
 *
 * @param end why
 * @param last the last whole epoch, if there was one
 * @param bestEpoch the epoch whose checkpoint is {@code best.zip}, from 1; 0 if none
 * @param bestTop1 its validation top-1, 0..1
 */
public record Outcome(End end, Optional<EpochRecord> last, int bestEpoch, double bestTop1) {

    /** Why a training ended. */
    public enum End implements Labelled {
        /** All epochs are done. */
        COMPLETED,
        /** No better validation top-1 for as many epochs as patience allows. */
        PATIENCE,
        /** It was asked to stop; the last checkpoint is where it goes on. */
        INTERRUPTED;
    }
}
