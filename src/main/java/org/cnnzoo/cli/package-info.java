/**
 * The command line: parse, call, print. {@link org.cnnzoo.cli.CnnCommand} is the root and holds the
 * table of commands; each command is one class, thin, and whatever it does lives in another
 * package. Facts go to stdout ({@link org.cnnzoo.cli.Table} or JSON), everything else to stderr;
 * {@link org.cnnzoo.cli.ErrorHandling} turns what is thrown into one to three lines and an exit
 * code.
 *
 * <p>picocli is known here alone.
 */
@NullMarked
package org.cnnzoo.cli;

import org.jspecify.annotations.NullMarked;
