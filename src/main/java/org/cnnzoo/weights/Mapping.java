package org.cnnzoo.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.spec.Zoo;

/**
 * What other libraries call a family's layers: a YAML file in the folder {@code weights} beside the
 * architecture, named like the model or its family.
 *
 * @param conventions those of the file, in its order, then our own
 */
public record Mapping(List<Convention> conventions) {
    public Mapping {
        conventions = List.copyOf(conventions);
    }

    /**
     * The mapping of an architecture.
     *
     * @param file the architecture's file
     * @param names the model's and its family's; the first that has a mapping counts
     * @throws org.cnnzoo.spec.SpecException at the place that is wrong in it
     */
    public static Mapping of(Path file, List<String> names) {
        List<Convention> conventions = new ArrayList<>();
        names.stream()
                .map(name -> file.resolveSibling("weights").resolve(name + ".yaml"))
                .filter(Files::exists)
                .findFirst()
                .ifPresent(path -> conventions.addAll(MappingReader.read(path)));
        conventions.add(Convention.OWN);
        return new Mapping(conventions);
    }

    /**
     * The mapping of a model of the zoo; of a model that isn't in it, our own names alone.
     *
     * @param model its name
     */
    public static Mapping of(Zoo zoo, String model) {
        return zoo.names().contains(model)
                ? of(zoo.find(model), List.of(model, zoo.load(model, List.of()).family()))
                : new Mapping(List.of(Convention.OWN));
    }

    /** The names that an export has where nothing else is asked for: the file's first. */
    public Convention preferred() {
        return conventions.get(0);
    }

    /**
     * The convention of that name.
     *
     * @throws BadInput if there is none, with those that are
     */
    public Convention named(String name) {
        List<String> known = conventions.stream().map(Convention::name).toList();
        return conventions.stream()
                .filter(convention -> convention.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadInput(
                                        "there are no names of '%s'%s; known: %s"
                                                .formatted(
                                                        name,
                                                        Nearest.hint(name, known),
                                                        String.join(", ", known))));
    }
}
