/**
 * Networks as drawings: {@link org.cnnzoo.diagram.Diagram} is the way in.
 *
 * <p>A network's nodes become boxes, one for a convolution with its normalisation and activation
 * ({@link org.cnnzoo.diagram.Graph}); the graph of boxes is taken apart into chains, parallel paths
 * and residuals ({@link org.cnnzoo.diagram.Decomposition}), what is there several times over is
 * folded ({@link org.cnnzoo.diagram.Repeats}), and the {@link org.cnnzoo.diagram.Figure} that
 * results is laid out ({@link org.cnnzoo.diagram.Layout}) and written ({@link
 * org.cnnzoo.diagram.SvgWriter}). The graph's structure decides what is drawn; names only label.
 */
@NullMarked
package org.cnnzoo.diagram;

import org.jspecify.annotations.NullMarked;
