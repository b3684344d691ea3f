/**
 * What runs show of themselves to people, as HTML pages that load nothing from anywhere: {@link
 * org.cnnzoo.report.RunPage} for one run, {@link org.cnnzoo.report.ComparePage} for several. {@link
 * org.cnnzoo.report.RunFacts} is what a run folder says, {@link org.cnnzoo.report.Evaluated} what a
 * checkpoint does; each section of a page is a class.
 */
@NullMarked
package org.cnnzoo.report;

import org.jspecify.annotations.NullMarked;
