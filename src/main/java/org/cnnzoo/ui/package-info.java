/**
 * Deeplearning4j's own training pages, for {@code cnn train --ui}: {@link
 * org.cnnzoo.ui.TrainingPages} starts its web server and hears of a training's steps.
 *
 * <p>Our training doesn't call {@code ComputationGraph.fit}, so its {@code StatsListener} would
 * hear of nothing, and its page of the model can't read our layers from a graph's JSON. So the
 * reports are put together here: {@link org.cnnzoo.ui.Samples} looks at the arrays, {@link
 * org.cnnzoo.ui.DrawnGraph} describes the network in stock layers, and {@link
 * org.cnnzoo.ui.PageServer}, which alone sees the user interface's classes, hands them over. Those
 * are on the class path only where {@code --ui} is given.
 */
@NullMarked
package org.cnnzoo.ui;

import org.jspecify.annotations.NullMarked;
