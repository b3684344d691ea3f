package org.cnnzoo.spark;

import java.io.Serializable;

/**
 * A piece of work on an executor, which may be done twice: where an executor dies, another one does
 * its piece again.
 *
 * @param <S> what all pieces share
 * @param <A> what a piece is told besides
 * @param <R> what comes of it
 */
@FunctionalInterface
public interface Work<S extends Serializable, A extends Serializable, R extends Serializable>
        extends Serializable {
    /**
     * Does it.
     *
     * @throws org.cnnzoo.errors.BadInput thrown again where the work was asked for
     * @throws org.cnnzoo.errors.WorkFailed thrown again where the work was asked for
     * @throws Exception has Spark try again
     */
    R on(S shared, A piece) throws Exception;
}
