/** What random numbers of every kind are made with. */
@NullMarked
package org.cnnzoo.random;

import org.jspecify.annotations.NullMarked;
