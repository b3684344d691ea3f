package org.cnnzoo.cli;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** How a command prints facts: {@code --format table|json}. */
public enum Format {
    /** Aligned columns, for a person. */
    TABLE,
    /** JSON and nothing else on stdout, for a script. */
    JSON;

    /**
     * The format of that name, in any case.
     *
     * @throws TypeConversionException if there is none; picocli says so with the option's name
     */
    static Format named(String name) {
        for (Format format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new TypeConversionException("expected table or json but was '" + name + "'");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
