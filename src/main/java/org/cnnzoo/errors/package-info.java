/**
 * What goes wrong, in words for a person: {@link org.cnnzoo.errors.BadInput} when the command or a
 * file is wrong (exit code 2), {@link org.cnnzoo.errors.WorkFailed} when the work itself failed
 * (exit code 1), and {@link org.cnnzoo.errors.Nearest} for "did you mean".
 */
@NullMarked
package org.cnnzoo.errors;

import org.jspecify.annotations.NullMarked;
