package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cnnzoo.bench.Measurement;
import org.cnnzoo.bench.Mode;
import org.cnnzoo.bench.Profile;
import org.cnnzoo.build.Precision;
import org.cnnzoo.console.Table;
import org.cnnzoo.network.Network;

/**
 * What {@code cnn bench} prints of its measurements.
 *
 * @param batch images in a step
 * @param threads of the arithmetic
 * @param engine that did it
 * @param precision in what numbers
 */
record BenchReport(Network network, int batch, int threads, String engine, Precision precision) {

    /** One measurement for a script. */
    Map<String, Object> facts(Measurement measured) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", network.name());
        facts.put("mode", measured.mode().label());
        facts.put("batch", batch);
        facts.put("input", network.input().sizes());
        facts.put("threads", threads);
        facts.put("engine", engine);
        facts.put("precision", precision.label());
        facts.put("images_per_second", rounded(measured.times().imagesPerSecond(batch)));
        facts.put("ms_per_step", rounded(measured.times().medianMillis()));
        facts.put("steps", measured.times().count());
        facts.put(
                "peak_rss_mb",
                measured.peakMegabytes().isPresent()
                        ? rounded(measured.peakMegabytes().getAsDouble())
                        : null);
        measured.profile()
                .ifPresent(
                        profile -> {
                            facts.put(
                                    "layers",
                                    profile.layers().stream()
                                            .map(layer -> layer(layer, profile))
                                            .toList());
                            facts.put("after_layers_ms", rounded(profile.afterMs()));
                            facts.put("between_layers_ms", rounded(profile.betweenMs()));
                        });
        return facts;
    }

    private static Map<String, Object> layer(Profile.Layer layer, Profile profile) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", layer.name());
        facts.put("type", layer.type());
        facts.put("forward_ms", rounded(layer.forwardMs()));
        facts.put("backward_ms", rounded(layer.backwardMs()));
        facts.put("ms", rounded(layer.milliseconds()));
        facts.put("share", rounded(layer.milliseconds() / profile.stepMs()));
        return facts;
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }

    /** All measurements for a person. */
    void print(List<Measurement> measurements, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: batches of %d x %s, %d threads, engine %s, %s%n%n",
                network.name(),
                batch,
                network.input(),
                threads,
                engine,
                precision.label());
        Table table = new Table("mode", "images/s", "ms a step", "steps", "peak memory MB");
        for (Measurement measured : measurements) {
            table.row(
                    measured.mode().label(),
                    number(measured.times().imagesPerSecond(batch)),
                    number(measured.times().medianMillis()),
                    measured.times().count(),
                    measured.peakMegabytes().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%,.0f", measured.peakMegabytes().getAsDouble())
                            : "");
        }
        table.print(out);
        for (Measurement measured : measurements) {
            measured.profile().ifPresent(profile -> print(measured.mode(), profile, out));
        }
    }

    private static void print(Mode mode, Profile profile, PrintWriter out) {
        out.println();
        Table table =
                new Table(
                        mode.label() + ", by layer",
                        "type",
                        "forward ms",
                        "backward ms",
                        "ms",
                        "share");
        for (Profile.Layer layer : profile.layers()) {
            table.row(
                    layer.name(),
                    layer.type(),
                    number(layer.forwardMs()),
                    number(layer.backwardMs()),
                    number(layer.milliseconds()),
                    share(layer.milliseconds(), profile));
        }
        String after = mode == Mode.TRAIN ? "(update of the weights)" : "(after the last layer)";
        rest(table, after, profile.afterMs(), profile);
        rest(table, "(between the layers)", profile.betweenMs(), profile);
        table.row("mean step", "", "", "", number(profile.stepMs()), "");
        table.print(out);
    }

    private static void rest(Table table, String name, double millis, Profile profile) {
        table.row(name, "", "", "", number(millis), share(millis, profile));
    }

    private static String share(double millis, Profile profile) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * millis / profile.stepMs());
    }

    /** As many decimals as its size needs. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
    }
}
