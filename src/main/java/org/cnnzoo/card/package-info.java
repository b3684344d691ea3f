/**
 * {@code docs/models.md}: a card for every model, made of its architecture file, its drawing, its
 * recipes, and its family's prose in {@code configs/models/cards}.
 */
@NullMarked
package org.cnnzoo.card;

import org.jspecify.annotations.NullMarked;
