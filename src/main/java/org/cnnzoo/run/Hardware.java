package org.cnnzoo.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The machine that a run is on, in the words of its operating system. */
public final class Hardware {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final double GIGABYTE = 1 << 30;

    private Hardware() {}

    /** {@code cpu}, {@code cores}, {@code memory}, {@code os}; what isn't known is left out. */
    public static SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("cpu", cpu());
        all.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        all.put("os", System.getProperty("os.name") + " " + release());
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system) {
            double memory = system.getTotalMemorySize() / GIGABYTE;
            all.put("memory", String.format(Locale.ROOT, "%.1f GB", memory));
        }
        return all;
    }

    /** The numbers alone: what distributions put behind them says which machine was built for. */
    private static String release() {
        return System.getProperty("os.version").replaceFirst("^([0-9.]+).*", "$1");
    }

    /** The processor's name where Linux tells it, else its architecture. */
    private static String cpu() {
        String architecture = System.getProperty("os.arch");
        try {
            return Files.readAllLines(CPUS).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture; // another system
        }
    }
}
