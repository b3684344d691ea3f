/**
 * Files of named arrays, in and out, without a word about networks.
 *
 * <p>{@link org.cnnzoo.weights.tensors.TensorFile#open} reads safetensors and what {@code
 * torch.save(model.state_dict(), ...)} writes; {@link org.cnnzoo.weights.tensors.NpyFile} reads a
 * single NumPy array. {@link org.cnnzoo.weights.tensors.SafetensorsWriter} and {@link
 * org.cnnzoo.weights.tensors.NpzWriter} write {@link org.cnnzoo.weights.tensors.Tensor}s, one in
 * memory at a time.
 *
 * <p>Weight files come from strangers. Nothing in one is ever run or instantiated, no length in one
 * is believed before the file's own size has confirmed it, and a damaged file is a {@link
 * org.cnnzoo.errors.WorkFailed} of one line that names the file and the tensor.
 */
@NullMarked
package org.cnnzoo.weights.tensors;

import org.jspecify.annotations.NullMarked;
