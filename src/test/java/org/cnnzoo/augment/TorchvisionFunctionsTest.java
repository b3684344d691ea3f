package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cnnzoo.data.PixelImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function against torchvision's, sample by sample; scripts/fixtures/augment.py wrote the
 * files.
 */
class TorchvisionFunctionsTest {
    private static final Path FOLDER = Path.of("src/test/resources/augment");

    private static final List<String> FILES =
            List.of("functions1.json", "functions3.json", "large1.json", "large3.json");

    record Case(PixelImage image, String function, double value, PixelImage expected) {
        @Override
        public String toString() {
            return function + " " + value + " of " + image;
        }
    }

    private static JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(FOLDER.resolve(file)));
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String file : FILES) {
            JsonNode all = json(file);
            PixelImage image = image(all, all.get("pixels"));
            for (JsonNode one : all.get("cases")) {
                cases.add(
                        new Case(
                                image,
                                one.get("function").asText(),
                                one.get("value").asDouble(),
                                image(all, one.get("pixels"))));
            }
        }
        return cases.stream();
    }

    private static PixelImage image(JsonNode sizes, JsonNode samples) {
        byte[] pixels = new byte[samples.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) samples.get(i).asInt();
        }
        return new PixelImage(
                sizes.get("channels").asInt(),
                sizes.get("height").asInt(),
                sizes.get("width").asInt(),
                pixels);
    }

    private static PixelImage ours(Case c) {
        double value = c.value();
        PixelImage image = c.image();
        return switch (c.function()) {
            case "brightness" -> Pixels.brightness(image, value);
            case "contrast" -> Pixels.contrast(image, value);
            case "saturation" -> Pixels.saturation(image, value);
            case "hue" -> Pixels.hue(image, value);
            case "sharpness" -> Pixels.sharpness(image, value);
            case "posterize" -> Pixels.posterize(image, (int) value);
            case "solarize" -> Pixels.solarize(image, value);
            case "invert" -> Pixels.invert(image);
            case "autocontrast" -> Pixels.autocontrast(image);
            case "equalize" -> Pixels.equalize(image);
            case "rotate" -> PolicyOp.ROTATE.apply(image, value);
            case "shear_x" -> PolicyOp.SHEAR_X.apply(image, value);
            case "shear_y" -> PolicyOp.SHEAR_Y.apply(image, value);
            case "translate_x" -> PolicyOp.TRANSLATE_X.apply(image, value);
            case "translate_y" -> PolicyOp.TRANSLATE_Y.apply(image, value);
            case "scale" -> Affine.of(0, 0, 0, 0, 0, value, 0, 0).apply(image);
            case "all" -> Affine.of(0, 0, value, 2, -1, 1.13, 7.7, 0).apply(image);
            default -> throw new AssertionError(c.function());
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agrees(Case c) {
        assertThat(ours(c).pixels()).isEqualTo(c.expected().pixels());
        if (!isLeftAlone(c)) {
            assertThat(c.expected().pixels()) // or the case would show nothing
                    .isNotEqualTo(c.image().pixels());
        }
    }

    /** Colours of grey images, a threshold above all, fewer pixels than levels. */
    private static boolean isLeftAlone(Case c) {
        boolean grey = c.image().channels() == 1;
        return switch (c.function()) {
            case "saturation", "hue" -> grey;
            case "solarize" -> c.value() == 255;
            case "equalize" -> c.image().height() < 20;
            default -> false;
        };
    }

    @Test
    void policiesHaveTorchvisionsMagnitudes() throws IOException {
        JsonNode policies = json("policies.json");
        for (JsonNode theirs : policies) {
            assertThat(theirs.fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(
                            Stream.of(PolicyOp.values())
                                    .map(TorchvisionFunctionsTest::name)
                                    .toList());
        }
        PixelImage image = new PixelImage(1, 40, 56, new byte[40 * 56]);
        for (PolicyOp op : PolicyOp.values()) {
            String theirs = name(op);
            for (int bin = 0; bin <= RandAugment.STRONGEST; bin++) {
                JsonNode ra = policies.get("ra").get(theirs);
                JsonNode wide = policies.get("ta_wide").get(theirs);
                assertThat(RandAugment.strength(op, bin, image))
                        .as("ra " + op + " " + bin)
                        .isCloseTo(ra.get(bin % ra.size()).asDouble(), within(1e-4));
                assertThat(TrivialAugment.strength(op, bin))
                        .as("ta_wide " + op + " " + bin)
                        .isCloseTo(wide.get(bin % wide.size()).asDouble(), within(1e-4));
            }
        }
    }

    /** {@code SHEAR_X} is torchvision's ShearX. */
    private static String name(PolicyOp op) {
        StringBuilder name = new StringBuilder();
        for (String word : op.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
