/**
 * The grammar of architecture files: YAML text becomes immutable records whose every value knows
 * {@code file:line:column}. Nothing here knows shapes or Deeplearning4j.
 *
 * <p>{@link org.cnnzoo.spec.YamlReader} reads text into {@link org.cnnzoo.spec.YamlNode}s, {@link
 * org.cnnzoo.spec.Words} lists the grammar's words with the types of their arguments, and {@link
 * org.cnnzoo.spec.ArchitectureReader} turns nodes into an {@link org.cnnzoo.spec.Architecture}.
 */
@NullMarked
package org.cnnzoo.spec;

import org.jspecify.annotations.NullMarked;
