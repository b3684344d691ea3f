package org.cnnzoo.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.cnnzoo.run.EpochRecord;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Accuracy and loss over the epochs, training and validation, side by side as a picture. */
public final class Curves {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 420;
    private static final Color TRAIN = new Color(0x1F77B4);
    private static final Color VALIDATION = new Color(0xD62728);

    private Curves() {}

    /**
     * Draws the curves.
     *
     * @param title above the pictures, such as the run's name
     * @param records one epoch or more, in order
     * @return a PNG
     */
    public static byte[] png(String title, List<EpochRecord> records) {
        XYChart accuracy =
                chart(
                        title,
                        "accuracy (%)",
                        LegendPosition.InsideSE,
                        records,
                        r -> 100 * r.trainTop1(),
                        r -> 100 * r.valTop1());
        XYChart loss =
                chart(
                        title,
                        "loss",
                        LegendPosition.InsideNE,
                        records,
                        EpochRecord::trainLoss,
                        EpochRecord::valLoss);
        BufferedImage image = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        accuracy.paint(graphics, WIDTH, HEIGHT);
        graphics.translate(WIDTH, 0);
        loss.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        return Png.of(image);
    }

    private static XYChart chart(
            String title,
            String quantity,
            LegendPosition legend,
            List<EpochRecord> records,
            ToDoubleFunction<EpochRecord> train,
            ToDoubleFunction<EpochRecord> validation) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("epoch")
                        .yAxisTitle(quantity)
                        .build();
        chart.getStyler().setLegendPosition(legend);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotGridLinesColor(new Color(0xE5E5E5));
        chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        chart.getStyler().setXAxisDecimalPattern("0");
        double[] epochs = records.stream().mapToDouble(EpochRecord::epoch).toArray();
        add(chart, "training", TRAIN, epochs, records.stream().mapToDouble(train).toArray());
        add(
                chart,
                "validation",
                VALIDATION,
                epochs,
                records.stream().mapToDouble(validation).toArray());
        return chart;
    }

    private static void add(XYChart chart, String name, Color color, double[] x, double[] y) {
        // A single epoch is a point, which a line alone would not show
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
        series.setLineColor(color);
    }
}
