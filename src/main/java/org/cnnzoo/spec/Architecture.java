package org.cnnzoo.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as a file describes it, every name resolved, blocks and tables written out.
 *
 * @param name such as {@code mobilenet_v2}
 * @param family the template's or base's name where the file is a variant, else its own
 * @param aliases other names it is found by
 * @param description one line, or empty
 * @param paper a link, or empty
 * @param parameters the values of {@code params}, as YAML would show them
 * @param classes the value of {@code params.classes}
 * @param features the backbone
 * @param head what turns features into logits
 * @param expect facts that are checked when the network is built; empty where a value was
 *     overridden, since they hold at the defaults
 * @param recipe the model's own training settings, positioned, if the file has any
 * @param template whether the file only serves its variants and is no model of its own
 * @param file where it was read from
 */
public record Architecture(
        String name,
        String family,
        List<String> aliases,
        String description,
        String paper,
        Input input,
        Map<String, String> parameters,
        int classes,
        List<Layer> features,
        List<Layer> head,
        Optional<Expect> expect,
        Optional<YamlNode.Mapping> recipe,
        boolean template,
        String file) {

    public Architecture {
        aliases = List.copyOf(aliases);
        parameters =
                java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parameters));
        features = List.copyOf(features);
        head = List.copyOf(head);
    }

    /**
     * What the network takes: [channels, height, width], and the smallest side in pixels that it
     * works on.
     */
    public record Input(int channels, int height, int width, int minimum, Where where) {}

    /**
     * Facts of the published network.
     *
     * @param trainable trainable parameters, auxiliary heads included
     * @param macs multiply-adds of convolutions and dense layers for one image
     * @param features shape at the end of the features, [C, H, W]
     */
    public record Expect(
            Optional<Long> trainable,
            Optional<Long> macs,
            Optional<List<Integer>> features,
            Where where) {}
}
