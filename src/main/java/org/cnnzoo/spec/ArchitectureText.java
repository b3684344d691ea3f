package org.cnnzoo.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;

/**
 * All that an architecture is read from, as text: what a checkpoint needs to build its network
 * again, wherever the files are by then.
 *
 * @param own the file's
 * @param base that of the file which it is a variant of; empty if it is none
 */
public record ArchitectureText(String own, String base) {

    /**
     * Of a file.
     *
     * @throws BadInput if it can't be read
     */
    public static ArchitectureText of(Path file) {
        Optional<Path> base =
                YamlReader.read(file) instanceof YamlNode.Mapping mapping
                        ? ArchitectureReader.base(file, mapping)
                        : Optional.empty();
        return new ArchitectureText(text(file), base.map(ArchitectureText::text).orElse(""));
    }

    /**
     * Reads it.
     *
     * @param name what messages call it
     * @throws SpecException at the place that is wrong; for a variant without its base's text too
     */
    public Architecture read(String name, List<SetValue> overrides) {
        return base.isEmpty()
                ? ArchitectureReader.parse(name, own, overrides)
                : ArchitectureReader.parse(name, own, base, overrides);
    }

    /** Whether it is a variant's alone, as checkpoints of early versions have it. */
    public boolean lacksBase() {
        return base.isEmpty() && own.lines().anyMatch(line -> line.startsWith("variant_of:"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadInput(file + ": can't be read", e);
        }
    }
}
