package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.cnnzoo.network.Node;

/** Writes a drawing as SVG, without scripts or fonts from elsewhere. */
final class SvgWriter {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    /** In pixels; a shorter bar would be a speck. */
    private static final double SHORTEST_BAR = 4;

    private final XMLStreamWriter xml;

    SvgWriter(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes the {@code svg} element.
     *
     * @param title what a reader of the screen is told
     */
    void write(Drawing drawing, String title) throws XMLStreamException {
        xml.writeStartElement("svg");
        xml.writeDefaultNamespace(NAMESPACE);
        String box = "0 0 " + number(drawing.width()) + " " + number(drawing.height());
        attributes("viewBox", box, "width", number(drawing.width()), "role", "img");
        text("title", title);
        text("style", Style.SHEET);
        empty("rect", "class", "page", "width", "100%", "height", "100%");
        for (Drawing.Swatch swatch : drawing.swatches()) {
            double side = swatch.side();
            empty(
                    "rect",
                    "class",
                    swatch.kind().style(),
                    "x",
                    number(swatch.x()),
                    "y",
                    number(swatch.y()),
                    "width",
                    number(side),
                    "height",
                    number(side),
                    "rx",
                    "3");
        }
        for (Mark mark : drawing.marks()) {
            newLine();
            write(mark);
        }
        newLine();
        xml.writeEndElement();
    }

    private void write(Mark mark) throws XMLStreamException {
        if (mark instanceof Mark.Rect rect) {
            box(rect);
        } else if (mark instanceof Mark.Frame frame) {
            rect("frame", frame.x(), frame.y(), frame.width(), frame.height(), 8);
        } else if (mark instanceof Mark.Line line) {
            line(line);
        } else {
            Mark.Label label = (Mark.Label) mark;
            String style = label.font().style() + (label.toLeft() ? " left" : "");
            label(style, label.text(), label.x(), label.y());
        }
    }

    private void box(Mark.Rect rect) throws XMLStreamException {
        Figure.Box box = rect.box();
        xml.writeStartElement("g");
        if (!box.members().isEmpty()) {
            text("title", tip(box));
        }
        boolean round = box.kind() == Kind.JOIN || box.kind() == Kind.END;
        double radius = round ? rect.height() / 2 : 4;
        rect(box.kind().style(), rect.x(), rect.y(), rect.width(), rect.height(), radius);
        double width = rect.share() * (rect.width() - 8);
        if (width >= SHORTEST_BAR) {
            rect("bar", rect.x() + 4, rect.y() + rect.height() - 4, width, 2.5, 0);
        }
        double middle = rect.x() + rect.width() / 2;
        label("title middle", box.title(), middle, rect.y() + 14);
        String detail = Layout.detail(box);
        if (!detail.isEmpty()) {
            label("detail middle", detail, middle, rect.y() + 26);
        }
        xml.writeEndElement();
    }

    /** What a box says when it is pointed at: a line for each node. */
    private static String tip(Figure.Box box) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(box.name());
        for (Node node : box.members()) {
            List<String> words = new ArrayList<>(List.of(node.operation().type()));
            words.add(node.operation().details());
            words.add(Captions.shape(node.output()));
            if (node.parameters() > 0) {
                words.add(String.format(Locale.ROOT, "%,d parameters", node.parameters()));
            }
            if (node.macs() > 0) {
                words.add(String.format(Locale.ROOT, "%,d multiply-adds", node.macs()));
            }
            words.removeIf(String::isEmpty);
            lines.add(String.join(", ", words));
        }
        return lines.toString();
    }

    private void line(Mark.Line line) throws XMLStreamException {
        String style = line.way().name().toLowerCase(Locale.ROOT);
        empty("path", "class", style, "d", Strokes.path(line.points()));
        if (line.arrow()) {
            empty("path", "class", style + " head", "d", Strokes.head(line.points()));
        }
    }

    private void rect(String style, double x, double y, double width, double height, double radius)
            throws XMLStreamException {
        xml.writeEmptyElement("rect");
        attributes("class", style, "x", number(x), "y", number(y));
        attributes("width", number(width), "height", number(height));
        if (radius > 0) {
            attributes("rx", number(radius));
        }
    }

    private void label(String style, String text, double x, double y) throws XMLStreamException {
        xml.writeStartElement("text");
        attributes("class", style, "x", number(x), "y", number(y));
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void text(String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void empty(String element, String... attributes) throws XMLStreamException {
        xml.writeEmptyElement(element);
        attributes(attributes);
    }

    private void attributes(String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** With one decimal at most. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
