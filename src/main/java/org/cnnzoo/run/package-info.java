/**
 * A run on disk: its folder ({@link org.cnnzoo.run.RunFolder}, open in one process at a time), its
 * metrics, its result, its checkpoints.
 *
 * <p>Whatever is written is written beside and renamed ({@link org.cnnzoo.run.AtomicFile}): a
 * process killed at any moment leaves the old file or the new one, never half of one.
 */
@NullMarked
package org.cnnzoo.run;

import org.jspecify.annotations.NullMarked;
