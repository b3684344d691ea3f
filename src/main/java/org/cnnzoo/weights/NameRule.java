package org.cnnzoo.weights;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.Where;

/**
 * One line of a mapping: our layers of some form, and another library's name for them.
 *
 * @param where the line
 */
record NameRule(NamePattern ours, NameTemplate theirs, Where where) {

    /**
     * The other library's name of a layer; empty if the rule isn't about it.
     *
     * @param names all layers' names in the network's order
     * @throws SpecException if the rule asks for a number where none is
     */
    Optional<String> apply(String layer, List<String> names) {
        try {
            return ours.match(layer).map(values -> theirs.fill(values, names));
        } catch (IllegalArgumentException e) {
            throw new SpecException(where, "for the layer " + layer + ": " + e.getMessage());
        }
    }
}
