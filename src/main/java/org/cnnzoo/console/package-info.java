/**
 * What a person sees and does while a command works: bars and lines on stderr, {@link
 * org.cnnzoo.console.Table tables}, and {@link org.cnnzoo.console.Interruption Ctrl-C}.
 */
@NullMarked
package org.cnnzoo.console;

import org.jspecify.annotations.NullMarked;
