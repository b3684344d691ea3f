package org.cnnzoo.build;

import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;

/** Small networks for tests. */
final class Networks {
    static final Path HOME = Path.of(System.getProperty("cnn.home", "."));

    private Networks() {}

    /** A network of a few layers, written as the items of {@code features}, with 3 classes. */
    static Network of(int channels, int height, int width, String... layers) {
        StringBuilder text = new StringBuilder("name: tiny\n");
        text.append("input: {shape: [%d, %d, %d]}\n".formatted(channels, height, width));
        text.append("params: {classes: 3}\nfeatures:\n");
        for (String layer : layers) {
            text.append("  - ").append(layer).append('\n');
        }
        text.append("head: [{classifier: $classes}]\n");
        return NetworkBuilder.build(
                ArchitectureReader.parse("tiny.yaml", text.toString(), List.of()));
    }

    /** A model of the zoo. */
    static Network zoo(String name, String... values) {
        return NetworkBuilder.build(
                new Zoo(HOME.resolve("configs/models"))
                        .load(name, List.of(values).stream().map(SetValue::parse).toList()));
    }
}
