package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.YamlReader;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static Recipe file(String text) {
        return Recipe.ofFile(YamlReader.parse("mine.yaml", text));
    }

    private static Object value(Recipe recipe, Setting<?> setting) {
        return Optional.ofNullable(recipe.values().get(setting)).orElseThrow().value();
    }

    private static void assertMessage(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(BadInput.class).hasMessageContainingAll(parts);
    }

    @Test
    void readsEachTypeOfValue() {
        Recipe recipe =
                file(
                        """
                        epochs: 30
                        lr: 1e-1
                        model-ema: true
                        opt: adam
                        data: 'my photos'
                        lr-milestones: [10, 20]
                        """);
        assertThat(value(recipe, Settings.EPOCHS)).isEqualTo(30L);
        assertThat(value(recipe, Settings.LR)).isEqualTo(0.1);
        assertThat(value(recipe, Settings.MODEL_EMA)).isEqualTo(true);
        assertThat(value(recipe, Settings.OPT)).isEqualTo("adam");
        assertThat(value(recipe, Settings.DATA)).isEqualTo("my photos");
        assertThat(value(recipe, Settings.LR_MILESTONES)).isEqualTo(List.of(10L, 20L));
    }

    @Test
    void aLongAliasIsAKeyToo() {
        assertThat(value(file("wd: 0.01"), Settings.WEIGHT_DECAY)).isEqualTo(0.01);
    }

    @Test
    void anUnknownKeyIsNamedWithItsPlaceAndTheNearestName() {
        assertMessage(
                () -> file("epochs: 3\nlabel_smothing: 0.1"),
                "mine.yaml:2:1: unknown key 'label_smothing'",
                "did you mean 'label-smoothing'?");
    }

    @Test
    void aNameThatASettingHasElsewhereIsUnderstood() {
        assertMessage(() -> file("learning_rate: 0.1"), "did you mean 'lr'?");
        assertMessage(() -> Recipe.ofSets(List.of("train.optimizer=adam")), "did you mean 'opt'?");
        assertMessage(() -> file("xyzzy: 1"), "unknown key 'xyzzy'", "'cnn train --help' lists");
    }

    @Test
    void aKeyAndItsAliasCantBothStand() {
        assertMessage(() -> file("wd: 0.01\nweight-decay: 0.1"), "mine.yaml:2:1", "line 1");
    }

    @Test
    void aWrongTypeOrRangeIsNamedWithItsPlace() {
        assertMessage(
                () -> file("lr: fast"),
                "mine.yaml:1:5: a number above 0 was expected, not the word 'fast'");
        assertMessage(() -> file("lr: 0"), "mine.yaml:1:5", "above 0", "the number 0");
        assertMessage(() -> file("lr: -0.1"), "mine.yaml:1:5");
        assertMessage(
                () -> file("epochs: 1.5"), "a whole number of 1 or more was", "the number 1.5");
        assertMessage(() -> file("hflip-prob: 1.01"), "a number from 0 to 1");
        assertMessage(() -> file("label-smoothing: 1"), "a number from 0 to below 1");
        assertMessage(() -> file("model-ema: yes"), "true or false", "the word 'yes'");
        assertMessage(() -> file("opt: rmsprob"), "did you mean 'rmsprop'?");
        assertMessage(() -> file("lr-milestones: [20, 10]"), "mine.yaml:1:16", "rising");
        assertMessage(() -> file("lr: [0.1]"), "a list");
    }

    @Test
    void aModelsOwnRecipeSaysHowToTrainAndNothingElse() {
        assertThat(value(Recipe.ofModel(YamlReader.parse("m.yaml", "lr: 0.01")), Settings.LR))
                .isEqualTo(0.01);
        assertMessage(
                () -> Recipe.ofModel(YamlReader.parse("m.yaml", "seed: 1")),
                "m.yaml:1:1",
                "'seed'");
        assertMessage(
                () -> Recipe.ofModel(YamlReader.parse("m.yaml", "for: vgg*")), "unknown key 'for'");
    }

    @Test
    void theArchitecturesParametersBecomeOverrides() {
        assertThat(
                        file("params: {width: 0.5, name: '7'}\nset: ['input.shape=[1, 32, 32]']")
                                .overrides())
                .extracting(SetValue::text)
                .containsExactly("params.width=0.5", "params.name='7'", "input.shape=[1, 32, 32]");
    }

    @Test
    void knowsTheModelsItWasWrittenFor() {
        assertThat(file("for: vgg*").isFor("vgg16_bn")).isTrue();
        assertThat(file("for: [a, resnet??]").isFor("resnet18")).isTrue();
        assertThat(file("for: resnet??").isFor("resnet152")).isFalse();
        assertThat(file("model: lenet5").isFor("lenet5")).isTrue();
        assertThat(file("lr: 0.1").isFor("lenet5")).isFalse();
    }

    @Test
    void setReachesTrainingSettingsAndHandsOnTheRest() {
        Recipe recipe =
                Recipe.ofSets(
                        List.of(
                                "train.lr=0.2",
                                "train.lr-milestones=[3,5]",
                                "params.width=0.5",
                                "input.shape=[1,28,28]"));
        assertThat(value(recipe, Settings.LR)).isEqualTo(0.2);
        assertThat(value(recipe, Settings.LR_MILESTONES)).isEqualTo(List.of(3L, 5L));
        assertThat(recipe.overrides())
                .extracting(SetValue::text)
                .containsExactly("params.width=0.5", "input.shape=[1,28,28]");
    }

    @Test
    void setSaysWhatIsWrong() {
        assertMessage(() -> Recipe.ofSets(List.of("params.width")), "PATH=VALUE was expected");
        assertMessage(() -> Recipe.ofSets(List.of("train.lrr=1")), "did you mean 'lr'?");
        assertMessage(() -> Recipe.ofSets(List.of("lr=1")), "did you mean --set train.lr=1?");
        assertMessage(() -> Recipe.ofSets(List.of("train.lr=x")), "--set train.lr: a number");
        assertMessage(() -> Recipe.ofSets(List.of("train.lr=1", "train.lr=2")), "given twice");
    }
}
