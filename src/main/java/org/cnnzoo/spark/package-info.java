/**
 * Work on an Apache Spark cluster: {@link org.cnnzoo.spark.Cluster} has pieces of work done by
 * executors and returns their results in order. What the work is, it doesn't know; no other package
 * sees Spark, which is on the class path only where {@code --master} is given.
 *
 * <p>Plain {@code spark-core} is all that is used. Deeplearning4j's own {@code dl4j-spark} stops at
 * 1.0.0-M2, shuffles by itself and averages an optimiser's state where that isn't exact.
 */
@NullMarked
package org.cnnzoo.spark;

import org.jspecify.annotations.NullMarked;
