/**
 * How fast a network is: {@link org.cnnzoo.bench.Benchmark} takes {@link org.cnnzoo.bench.Sampling}
 * steps of a {@link org.cnnzoo.bench.Mode} on synthetic images, and yields a {@link
 * org.cnnzoo.bench.Measurement}, with a {@link org.cnnzoo.bench.Profile} if it was asked for.
 */
@NullMarked
package org.cnnzoo.bench;

import org.jspecify.annotations.NullMarked;
