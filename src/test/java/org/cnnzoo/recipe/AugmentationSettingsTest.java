package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cnnzoo.augment.BatchMixing;
import org.cnnzoo.augment.ColorJitter;
import org.cnnzoo.augment.PcaColor;
import org.cnnzoo.augment.RandAugment;
import org.cnnzoo.augment.RandomAffine;
import org.cnnzoo.augment.RandomCrop;
import org.cnnzoo.augment.RandomErasing;
import org.cnnzoo.augment.RandomHorizontalFlip;
import org.cnnzoo.augment.RandomResizedCrop;
import org.cnnzoo.augment.RandomScaleCrop;
import org.cnnzoo.augment.RandomVerticalFlip;
import org.cnnzoo.augment.TrivialAugment;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.YamlReader;
import org.junit.jupiter.api.Test;

class AugmentationSettingsTest {
    private static final String NO_FLIP = "hflip-prob: 0\n";

    private static final String COLOURS =
            """
            hflip-prob: 0
            color-jitter: 0.4
            hue-jitter: 0.1
            pca-color: 0.2
            """;

    private static Augmentation of(int channels, String recipe) {
        Recipe read = Recipe.ofFile(YamlReader.parse("r.yaml", recipe));
        return AugmentationSettings.of(
                Configuration.of(new TreeMap<>(Map.of(Rank.RECIPE, read))), channels, 48, 64);
    }

    private static Augmentation ofFlags(int channels, Map<Setting<?>, String> texts) {
        Map<Setting<?>, Given> values = new LinkedHashMap<>();
        texts.forEach((setting, text) -> values.put(setting, setting.given(setting.flag(), text)));
        Recipe flags = new Recipe(List.of(), values, List.of());
        return AugmentationSettings.of(
                Configuration.of(new TreeMap<>(Map.of(Rank.COMMAND_LINE, flags))),
                channels,
                48,
                64);
    }

    @Test
    void byDefaultThereIsAFlipAndWithoutItNothing() {
        assertThat(ofFlags(3, Map.of()))
                .isEqualTo(new Augmentation(List.of(new RandomHorizontalFlip(0.5))));
        assertThat(of(3, NO_FLIP)).isEqualTo(Augmentation.NONE);
    }

    @Test
    void allThatGoesTogetherIsInTheOrderOfTheManual() {
        Augmentation all =
                of(
                        3,
                        """
                        cutmix-alpha: 1.5
                        mixup-alpha: 0.3
                        random-erase: 0.35
                        ra-ops: 3
                        ra-magnitude: 11
                        auto-augment: ra
                        pca-color: 0.15
                        hue-jitter: 0.05
                        color-jitter: 0.45
                        shear: 7
                        scale-jitter: 0.25
                        translate: 0.125
                        rotation: 15
                        vflip-prob: 0.1
                        hflip-prob: 0.4
                        random-resized-crop: 0.3
                        """);
        assertThat(all.crop()).contains(new RandomResizedCrop(48, 64, 0.3, 1, 3.0 / 4, 4.0 / 3));
        assertThat(all.transforms())
                .containsExactly(
                        new RandomHorizontalFlip(0.4),
                        new RandomVerticalFlip(0.1),
                        new RandomAffine(15, 0.125, 0.75, 1.25, 7),
                        new ColorJitter(0.45, 0.45, 0.45, 0.05),
                        new PcaColor(0.15),
                        new RandAugment(3, 11));
        assertThat(all.arrayTransforms()).containsExactly(new RandomErasing(0.35));
        assertThat(all.mixing()).contains(new BatchMixing(0.3, 1.5));
    }

    @Test
    void aPaddedCropComesFirst() {
        assertThat(of(3, "auto-augment: ta_wide\nvflip-prob: 0.2\ncrop-padding: 4"))
                .isEqualTo(
                        new Augmentation(
                                List.of(
                                        new RandomCrop(4),
                                        new RandomHorizontalFlip(0.5),
                                        new RandomVerticalFlip(0.2),
                                        new TrivialAugment())));
    }

    @Test
    void aScaledCropIsOfOneSizeOrOfARange() {
        assertThat(of(3, "scale-crop: '1.143:2.286'").crop())
                .contains(new RandomScaleCrop(48, 64, 1.143, 2.286));
        assertThat(of(3, "scale-crop: '1.143'").crop())
                .contains(new RandomScaleCrop(48, 64, 1.143, 1.143));
        for (String wrong : List.of("0.9", "2:1", "1:", "x", "1:2:3")) {
            assertThatThrownBy(() -> of(3, "scale-crop: '" + wrong + "'"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("not '" + wrong + "'");
        }
    }

    @Test
    void anyOneOfTheAffineFiguresIsEnough() {
        assertThat(of(3, NO_FLIP + "rotation: 10").transforms())
                .containsExactly(new RandomAffine(10, 0, 1, 1, 0));
        assertThat(of(3, NO_FLIP + "translate: 0.1").transforms())
                .containsExactly(new RandomAffine(0, 0.1, 1, 1, 0));
        assertThat(of(3, NO_FLIP + "scale-jitter: 0.5").transforms())
                .containsExactly(new RandomAffine(0, 0, 0.5, 1.5, 0));
        assertThat(of(3, NO_FLIP + "shear: 5").transforms())
                .containsExactly(new RandomAffine(0, 0, 1, 1, 5));
    }

    @Test
    void oneKindOfColourAndOneKindOfMixingAreEnough() {
        assertThat(of(3, NO_FLIP + "color-jitter: 0.4").transforms())
                .containsExactly(new ColorJitter(0.4, 0.4, 0.4, 0));
        assertThat(of(3, NO_FLIP + "hue-jitter: 0.1").transforms())
                .containsExactly(new ColorJitter(0, 0, 0, 0.1));
        assertThat(of(3, "mixup-alpha: 0.2").mixing()).contains(new BatchMixing(0.2, 0));
        assertThat(of(3, "cutmix-alpha: 1").mixing()).contains(new BatchMixing(0, 1));
    }

    @Test
    void aRecipesColoursAreLeftOutOfGreyImagesAndAFlagsAreAnError() {
        assertThat(of(1, COLOURS).transforms()).containsExactly(new ColorJitter(0.4, 0.4, 0.4, 0));
        for (Setting<?> colour : List.of(Settings.HUE_JITTER, Settings.PCA_COLOR)) {
            Map<Setting<?>, String> flag = Map.of(colour, "0.1");
            assertThat(ofFlags(3, flag).transforms()).hasSize(2);
            assertThatThrownBy(() -> ofFlags(1, flag))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(colour.flag() + " has no effect");
        }
    }

    @Test
    void oneWayToCropIsEnough() {
        Map<Setting<?>, String> crops =
                Map.of(
                        Settings.CROP_PADDING, "4",
                        Settings.RANDOM_RESIZED_CROP, "0.3",
                        Settings.SCALE_CROP, "1.2");
        for (Setting<?> one : crops.keySet()) {
            assertThat(ofFlags(3, Map.of(one, crops.get(one))).crop())
                    .matches(crop -> crop.isPresent() == !one.equals(Settings.CROP_PADDING));
            for (Setting<?> other : crops.keySet()) {
                if (!other.equals(one)) {
                    Map<Setting<?>, String> two =
                            Map.of(one, crops.get(one), other, crops.get(other));
                    assertThatThrownBy(() -> ofFlags(3, two))
                            .isInstanceOf(BadInput.class)
                            .hasMessageContaining(one.flag())
                            .hasMessageContaining(other.flag());
                }
            }
        }
    }

    @Test
    void randAugmentIsNoStrongerThanThirty() {
        assertThat(of(3, "auto-augment: ra\nra-magnitude: 30").transforms())
                .contains(new RandAugment(2, 30));
        assertThatThrownBy(() -> of(3, "auto-augment: ra\nra-magnitude: 31"))
                .isInstanceOf(BadInput.class)
                .hasMessage("--ra-magnitude must be 0 to 30, not 31");
    }
}
