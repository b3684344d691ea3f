package org.cnnzoo.recipe;

import java.nio.file.Path;
import org.cnnzoo.spec.NamedFiles;
import org.cnnzoo.spec.Zoo;

/** The folder with {@code configs} and {@code datasets}. */
public final class Home {
    private Home() {}

    /** The architectures that come along. */
    public static Zoo zoo() {
        return new Zoo(path().resolve("configs/models"));
    }

    /** The recipes that come along. */
    public static Recipes recipes() {
        return new Recipes(path().resolve("configs/recipes"));
    }

    /** The files of the sweeps that come along. */
    public static NamedFiles sweeps() {
        return new NamedFiles(path().resolve("configs/sweeps"), "sweep");
    }

    /**
     * The system property {@code cnn.home}, which the launcher sets; else the environment's {@code
     * CNN_HOME}; else the working directory.
     */
    public static Path path() {
        String property = System.getProperty("cnn.home", "");
        if (!property.isBlank()) {
            return Path.of(property);
        }
        String variable = System.getenv().getOrDefault("CNN_HOME", "");
        return Path.of(variable.isBlank() ? "" : variable);
    }
}
