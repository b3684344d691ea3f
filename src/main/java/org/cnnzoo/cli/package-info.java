/**
 * The command line: picocli commands that parse, call and print, and nothing else. Facts go to
 * stdout, everything else to stderr.
 */
@NullMarked
package org.cnnzoo.cli;

import org.jspecify.annotations.NullMarked;
