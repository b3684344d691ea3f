/** A sweep as one HTML page: inline SVG, nothing loaded from anywhere. */
@NullMarked
package org.cnnzoo.sweep.page;

import org.jspecify.annotations.NullMarked;
