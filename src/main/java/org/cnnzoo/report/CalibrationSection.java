package org.cnnzoo.report;

import org.cnnzoo.eval.Calibration;
import org.cnnzoo.eval.EvalResult;

/** A reliability diagram: how often the network was right where it was so sure. */
final class CalibrationSection {
    private static final int LEFT = 56;
    private static final int SIDE = 300;
    private static final int TOP = 10;
    private static final int COUNTS = 60;
    private static final int WIDTH = LEFT + SIDE + 14;
    private static final int HEIGHT = TOP + SIDE + 14 + COUNTS + 46;

    private CalibrationSection() {}

    static String of(EvalResult result) {
        String words =
                "Expected calibration error (ECE, %d bins): %s. Blue is how often answers were right,"
                                .formatted(Calibration.BINS, Html.percent(result.ece()))
                        + " by how sure the network was; the dashed line is where both agree,"
                        + " orange the distance from it. Below, how many images are in each bin.";
        return Html.section(
                "Calibration",
                Html.paragraph(words),
                "<figure style=\"max-width:28rem\">" + svg(result.calibration()) + "</figure>");
    }

    private static String svg(Calibration calibration) {
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Reliability diagram\">\n"
                        .formatted(WIDTH, HEIGHT));
        double bottom = TOP + SIDE;
        for (int tick = 0; tick <= 100; tick += 20) {
            double y = bottom - SIDE * tick / 100.0;
            svg.append(
                    Html.number(
                            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\""
                                    + " y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\""
                                    + " text-anchor=\"end\">%d</text><text x=\"%.1f\" y=\"%d\""
                                    + " text-anchor=\"middle\">%d</text>\n",
                            LEFT,
                            LEFT + SIDE,
                            y,
                            y,
                            LEFT - 6,
                            y + 4,
                            tick,
                            LEFT + SIDE * tick / 100.0,
                            HEIGHT - 26,
                            tick));
        }
        long most = calibration.bins().stream().mapToLong(Calibration.Bin::images).max().orElse(1);
        calibration.bins().stream()
                .filter(bin -> bin.images() > 0)
                .forEach(bin -> bin(svg, bin, Math.max(1, most)));
        svg.append(
                Html.number(
                        "<line class=\"ideal\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%d\"/>\n"
                                + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">confidence,"
                                + " %%</text>\n"
                                + "<text transform=\"translate(14 %d) rotate(-90)\""
                                + " text-anchor=\"middle\">right, %%</text>\n"
                                + "<text transform=\"translate(14 %.1f) rotate(-90)\""
                                + " text-anchor=\"middle\">images</text>\n"
                                + "</svg>",
                        LEFT,
                        bottom,
                        LEFT + SIDE,
                        TOP,
                        LEFT + SIDE / 2,
                        HEIGHT - 6,
                        TOP + SIDE / 2,
                        bottom + 14 + COUNTS / 2.0));
        return svg.toString();
    }

    private static void bin(StringBuilder svg, Calibration.Bin bin, long most) {
        double x = LEFT + SIDE * bin.from() + 1;
        double width = SIDE * (bin.to() - bin.from()) - 2;
        double accuracy = TOP + SIDE * (1 - bin.accuracy());
        double confidence = TOP + SIDE * (1 - bin.confidence());
        double count = (double) COUNTS * bin.images() / most;
        svg.append("<g>")
                .append(rect("bar", x, accuracy, width, TOP + SIDE - accuracy))
                .append(
                        rect(
                                "gap",
                                x,
                                Math.min(accuracy, confidence),
                                width,
                                Math.abs(accuracy - confidence)))
                .append(rect("count", x, TOP + SIDE + 14 + COUNTS - count, width, count))
                .append(
                        Html.number(
                                "<title>%.0f to %.0f %% sure: %,d images, %.1f %% right, %.1f %%"
                                        + " sure in the mean</title></g>\n",
                                100 * bin.from(),
                                100 * bin.to(),
                                bin.images(),
                                100 * bin.accuracy(),
                                100 * bin.confidence()));
    }

    private static String rect(String style, double x, double y, double width, double height) {
        return Html.number(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                style, x, y, width, height);
    }
}
