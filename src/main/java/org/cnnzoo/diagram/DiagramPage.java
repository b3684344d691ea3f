package org.cnnzoo.diagram;

import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;

/** A drawing in a page, and each layer in a table below it. */
final class DiagramPage {
    private static final String STYLE =
            """

:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 1rem auto;
       padding: 0 1rem; }
svg { display: block; margin: auto; max-width: 100%; height: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: .1rem .8rem .1rem 0; text-align: right; white-space: nowrap; }
th { border-bottom: 1px solid; }
.word { text-align: left; }
""";

    private final XMLStreamWriter xml;

    DiagramPage(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes the {@code html} element. */
    void write(Network network) throws XMLStreamException {
        xml.writeStartElement("html");
        xml.writeAttribute("lang", "en");
        xml.writeStartElement("head");
        xml.writeEmptyElement("meta");
        xml.writeAttribute("charset", "utf-8");
        xml.writeEmptyElement("meta");
        xml.writeAttribute("name", "viewport");
        xml.writeAttribute("content", "width=device-width, initial-scale=1");
        element("title", "", network.name());
        element("style", "", STYLE);
        xml.writeEndElement();
        xml.writeStartElement("body");
        new SvgWriter(xml).write(Drawing.of(network), Diagram.title(network));
        element("h2", "", "Layers");
        xml.writeStartElement("table");
        row("th", List.of("layer", "type", "settings"), List.of("output", "parameters", "MACs"));
        for (Node node : network.nodes()) {
            row(
                    "td",
                    List.of(node.name(), node.operation().type(), node.operation().details()),
                    List.of(
                            Captions.shape(node.output()),
                            count(node.parameters()),
                            count(node.macs())));
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static String count(long count) {
        return count == 0 ? "" : String.format(Locale.ROOT, "%,d", count);
    }

    private void row(String cell, List<String> words, List<String> numbers)
            throws XMLStreamException {
        xml.writeStartElement("tr");
        for (String word : words) {
            element(cell, "word", word);
        }
        for (String number : numbers) {
            element(cell, "", number);
        }
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private void element(String name, String style, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        if (!style.isEmpty()) {
            xml.writeAttribute("class", style);
        }
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
