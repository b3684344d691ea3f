package org.cnnzoo.diagram;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.cnnzoo.network.Network;

/** Networks drawn as blocks: boxes, shortcuts, branches, and what is there several times over. */
public final class Diagram {
    private Diagram() {}

    /** The drawing as an SVG file that scales to the width of where it is shown. */
    public static String svg(Network network) {
        return written(xml -> new SvgWriter(xml).write(Drawing.of(network), title(network)));
    }

    /**
     * The drawing as a page that loads nothing from elsewhere, with a table of the layers below.
     */
    public static String html(Network network) {
        return "<!doctype html>\n" + written(xml -> new DiagramPage(xml).write(network));
    }

    static String title(Network network) {
        return "The layers of " + network.name();
    }

    /** Something that is written as XML. */
    private interface Content {
        void writeTo(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String written(Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            content.writeTo(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // to memory
        }
        return text + "\n";
    }
}
