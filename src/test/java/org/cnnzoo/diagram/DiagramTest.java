package org.cnnzoo.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class DiagramTest {
    private static final Network ALEXNET =
            NetworkBuilder.build(new Zoo(Path.of("configs/models")).load("alexnet", List.of()));

    private static Document parsed(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("org.cnnzoo.diagram.DrawingTest#networks")
    void isWellFormedAndScales(Network network) throws Exception {
        Element svg = parsed(Diagram.svg(network)).getDocumentElement();
        assertThat(svg.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(svg.getAttribute("viewBox")).matches("0 0 [0-9]+ [0-9]+");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void loadsNothingFromElsewhere() {
        for (String text : List.of(Diagram.svg(ALEXNET), Diagram.html(ALEXNET))) {
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http", "url(", "@import", "<script");
            assertThat(text).contains("prefers-color-scheme:dark");
        }
    }

    @Test
    void boxesTellWhatTheirLayersAre() {
        assertThat(Diagram.svg(ALEXNET))
                .contains("11x11 conv, 64, /4", "ReLU \u00b7 23.3K", "192x27x27", "conv1")
                .contains(
                        "61,100,840 parameters",
                        "conv, 11x11/4 pad 2, 64x55x55, 23,296 parameters");
    }

    @Test
    void pageHasEveryLayerInATable() throws Exception {
        String page = Diagram.html(ALEXNET);
        assertThat(page).startsWith("<!doctype html>\n<html lang=\"en\">");
        Document document = parsed(page.substring(page.indexOf("<html")));
        assertThat(document.getElementsByTagName("tr").getLength())
                .isEqualTo(1 + ALEXNET.nodes().size());
    }
}
