package org.cnnzoo.recipe;

import org.cnnzoo.spec.Where;

/**
 * A value that somebody gave to a setting.
 *
 * @param value what {@code setting.type().read} returned
 * @param where the flag, or the key's place in a file
 */
public record Given(Setting<?> setting, Object value, Where where) {}
