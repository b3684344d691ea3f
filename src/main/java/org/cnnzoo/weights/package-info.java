/**
 * Weights from torchvision and timm, and back. A {@link org.cnnzoo.weights.Mapping} beside the
 * architecture says what other libraries call its layers; {@link org.cnnzoo.weights.WeightImport}
 * finds each of a network's arrays in a file and lists all that don't fit; {@link
 * org.cnnzoo.weights.WeightExport} is the way back. Files are read and written in {@code tensors},
 * which knows no networks.
 */
@NullMarked
package org.cnnzoo.weights;

import org.jspecify.annotations.NullMarked;
