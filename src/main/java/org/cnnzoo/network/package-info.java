/**
 * Networks as typed graphs of operations with shapes: what every layer puts out, how many
 * parameters it has, how many multiply-adds and bytes it takes. Nothing here knows YAML or
 * Deeplearning4j.
 *
 * <p>{@link org.cnnzoo.network.NetworkBuilder} walks an {@link org.cnnzoo.spec.Architecture} and
 * makes a {@link org.cnnzoo.network.Network} of {@link org.cnnzoo.network.Node}s, each with one
 * {@link org.cnnzoo.network.Operation}.
 */
@NullMarked
package org.cnnzoo.network;

import org.jspecify.annotations.NullMarked;
