package org.cnnzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.Layer;
import org.cnnzoo.spec.WordTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/architecture-files.md: its examples build, with the shapes their comments say. */
final class ReferencePageTest {
    private static final Path PAGE = Path.of("docs/architecture-files.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHAPE = Pattern.compile("-> (\\[[0-9, ]+])");

    /** What the page says its examples leave out; behind them, so that lines stay the page's. */
    private static final Map<String, String> LEFT_OUT = new LinkedHashMap<>();

    static {
        LEFT_OUT.put("name:", "name: example\n");
        LEFT_OUT.put("input:", "input: {shape: [3, 32, 32]}\n");
        LEFT_OUT.put("params:", "params: {classes: 10}\n");
        LEFT_OUT.put("head:", "head: [global_avg_pool, {classifier: $classes}]\n");
    }

    /** An example; {@code line} is where it begins on the page. */
    record Example(int line, String text) {
        @Override
        public String toString() {
            return "line " + line;
        }
    }

    static List<Example> examples() throws IOException {
        String page = Files.readString(PAGE);
        List<Example> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(page);
        while (matcher.find()) {
            int line = (int) page.substring(0, matcher.start(1)).lines().count() + 1;
            examples.add(new Example(line, matcher.group(1)));
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleBuildsWithItsShapes(Example example) {
        StringBuilder file = new StringBuilder(example.text());
        LEFT_OUT.forEach(
                (key, text) -> {
                    if (example.text().lines().noneMatch(line -> line.startsWith(key))) {
                        file.append(text);
                    }
                });
        Architecture architecture =
                ArchitectureReader.parse("page.yaml", file.toString(), List.of());
        Network network = NetworkBuilder.build(architecture);
        Map<Integer, String> shapes = new LinkedHashMap<>();
        shapes(architecture.features(), "features", network, shapes);
        shapes(architecture.head(), "head", network, shapes);
        String[] lines = example.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher said = SHAPE.matcher(lines[i]);
            if (said.find()) {
                assertThat(shapes.get(i + 1))
                        .as("shape behind line %d: %s", example.line() + i, lines[i])
                        .isEqualTo(said.group(1));
            }
        }
    }

    /** The shape behind the first layer that stands in a line. */
    private static void shapes(
            List<Layer> layers, String path, Network network, Map<Integer, String> shapes) {
        for (Layer layer : layers) {
            String own = layer.segment().isEmpty() ? path : path + "." + layer.segment();
            network.nodes().stream()
                    .filter(node -> node.name().equals(own) || node.name().startsWith(own + "."))
                    .reduce((first, second) -> second)
                    .ifPresent(
                            last ->
                                    shapes.putIfAbsent(
                                            layer.where().line(), last.output().toString()));
            if (layer instanceof Layer.Group group) {
                shapes(group.layers(), own, network, shapes);
            } else if (layer instanceof Layer.Residual residual) {
                shapes(residual.main(), own + ".main", network, shapes);
            }
        }
    }

    @Test
    void shapesAreSaidOften() throws IOException {
        assertThat(SHAPE.matcher(Files.readString(PAGE)).results()).hasSizeGreaterThan(40);
    }

    /** {@code -Dcnn.regenerate} writes it anew. */
    @Test
    void tableOfWordsIsTheGrammars() throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- words -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- /words -->");
        if (System.getProperty("cnn.regenerate") != null) {
            Files.writeString(
                    PAGE, page.substring(0, from) + WordTable.markdown() + page.substring(to));
        } else {
            assertThat(page.substring(from, to)).isEqualTo(WordTable.markdown());
        }
    }
}
