package org.cnnzoo.train;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.spec.Wildcard;

/** Names of parameters by a pattern: {@code *} is anything, {@code ?} any letter. */
public final class ParameterGlob {
    private ParameterGlob() {}

    /**
     * The pattern of a setting's glob.
     *
     * @param names of all parameters, such as {@code features.0.weight}
     * @throws BadInput if none fits, with the nearest that would
     */
    public static Pattern of(String setting, String glob, Collection<String> names) {
        Pattern pattern = Wildcard.pattern(glob);
        if (names.stream().noneMatch(name -> pattern.matcher(name).matches())) {
            throw new BadInput(
                    "%s: no parameter's name fits '%s'%s"
                            .formatted(setting, glob, Nearest.hint(glob, near(names))));
        }
        return pattern;
    }

    /** The names, and what each part of the network would be called. */
    private static Set<String> near(Collection<String> names) {
        Set<String> near = new LinkedHashSet<>(names);
        for (String name : names) {
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                near.add(name.substring(0, dot) + ".*");
            }
        }
        return near;
    }
}
