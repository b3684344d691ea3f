/**
 * Networks on oneDNN: a {@link org.cnnzoo.build.onednn.Program} is a list of calls for one batch
 * size, compiled once. Every array has its place in one piece of memory, shared by arrays that are
 * never needed at the same time, so a step allocates nothing. Parameters and gradients are those of
 * the Deeplearning4j graph: the program reads and writes its flat vectors.
 */
@NullMarked
package org.cnnzoo.build.onednn;

import org.jspecify.annotations.NullMarked;
