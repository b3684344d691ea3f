package org.cnnzoo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The most memory this process has had at once: heap, arrays outside it, the JVM itself. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private PeakMemory() {}

    /** In MB of 2^20 bytes; nothing where there is no {@code /proc}. */
    static OptionalDouble megabytes() {
        return megabytes(STATUS);
    }

    static OptionalDouble megabytes(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.map(HIGH_WATER::matcher)
                    .filter(Matcher::matches)
                    .mapToDouble(line -> Long.parseLong(line.group(1)) / 1024.0)
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty(); // macOS has no /proc
        }
    }
}
