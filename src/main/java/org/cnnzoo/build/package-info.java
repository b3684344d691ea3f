/**
 * How a network of operations becomes a Deeplearning4j ComputationGraph: one class per operation.
 */
@NullMarked
package org.cnnzoo.build;

import org.jspecify.annotations.NullMarked;
