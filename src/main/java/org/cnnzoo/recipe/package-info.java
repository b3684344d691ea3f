/**
 * How a network is trained: settings, recipes and where each value came from.
 *
 * <p>{@link org.cnnzoo.recipe.Settings} is the table of everything that can be set, one {@link
 * org.cnnzoo.recipe.Setting} a row: its flag, type, range, default, and when it has an effect. A
 * {@link org.cnnzoo.recipe.Recipe} is a YAML file of settings. {@link
 * org.cnnzoo.recipe.Configuration} lays recipes and flags over the defaults and remembers the
 * {@link org.cnnzoo.recipe.Source} of each value; {@link org.cnnzoo.recipe.ConfigurationFile}
 * writes it as a recipe again, so that a run can be repeated from its own folder.
 *
 * <p>Nothing here knows the command line's parser, data sets or networks.
 */
@NullMarked
package org.cnnzoo.recipe;

import org.jspecify.annotations.NullMarked;
