/** What a run shows of itself to people: {@link org.cnnzoo.report.Curves}. */
@NullMarked
package org.cnnzoo.report;

import org.jspecify.annotations.NullMarked;
