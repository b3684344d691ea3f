package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cnnzoo.recipe.Effect;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.spec.SpecException;

/**
 * Refuses a parameter that some trials would have without any effect, such as the momentum beside
 * {@code opt: adam}: it needs a {@code when}.
 */
final class Effects {
    private Effects() {}

    static void check(Parameter parameter, Space space) {
        Optional<Effect> effect = parameter.setting().flatMap(s -> Optional.ofNullable(s.effect()));
        if (effect.isEmpty()) {
            return;
        }
        String other = "train." + effect.get().other().key();
        Optional<Parameter> decides = space.find(other);
        if (decides.isEmpty() || !(decides.get().domain() instanceof Domain.Choice choice)) {
            return; // the base decides: refused with the first trial's configuration
        }
        List<Object> possible = new ArrayList<>(choice.values());
        List<Object> right = effect.get().values().stream().map(Setting::plain).toList();
        parameter.when().stream()
                .filter(c -> c.path().equals(other))
                .forEach(c -> possible.retainAll(c.values()));
        if (!right.containsAll(possible)) {
            String values =
                    right.stream()
                            .filter(choice.values()::contains)
                            .map(Object::toString)
                            .collect(Collectors.joining(", ", "[", "]"));
            throw new SpecException(
                    parameter.where(),
                    "'%s' has an effect only with %s%n  add 'when: {%s: %s}'"
                            .formatted(parameter.path(), effect.get(), other, values));
        }
    }
}
