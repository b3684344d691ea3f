package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Where;
import org.cnnzoo.spec.YamlReader;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private final Map<Rank, Recipe> layers = new EnumMap<>(Rank.class);

    private ConfigurationTest with(Rank rank, String file, String text) {
        layers.put(rank, Recipe.ofFile(YamlReader.parse(file, text)));
        return this;
    }

    private ConfigurationTest withFlag(Setting<?> setting, String text) {
        Map<Setting<?>, Given> values = new LinkedHashMap<>();
        Recipe before = layers.get(Rank.COMMAND_LINE);
        if (before != null) {
            values.putAll(before.values());
        }
        values.put(setting, setting.given(setting.flag(), text));
        layers.put(Rank.COMMAND_LINE, new Recipe(List.of(), values, List.of()));
        return this;
    }

    private Configuration resolve() {
        return Configuration.of(new TreeMap<>(layers));
    }

    @Test
    void withNothingGivenEverythingIsByDefault() {
        assertThat(resolve().get(Settings.DATA)).isEqualTo("fashion-mnist");
        assertThat(resolve().source(Settings.DATA)).hasToString("default");
        assertThat(resolve().find(Settings.MODEL)).isEmpty();
    }

    @Test
    void flagsStandAboveTheModelsRecipeAboveTheRecipeAboveDefaults() {
        with(Rank.RECIPE, "r.yaml", "lr: 0.1\nepochs: 2\nbatch-size: 3");
        with(Rank.MODEL, "m.yaml", "lr: 0.2\nepochs: 4");
        withFlag(Settings.LR, "0.3");
        Configuration resolved = resolve();
        assertThat(resolved.get(Settings.LR)).isEqualTo(0.3);
        assertThat(resolved.source(Settings.LR)).hasToString("--lr");
        assertThat(resolved.get(Settings.EPOCHS)).isEqualTo(4L);
        assertThat(resolved.source(Settings.EPOCHS)).hasToString("model m.yaml:2:1");
        assertThat(resolved.get(Settings.BATCH_SIZE)).isEqualTo(3L);
        assertThat(resolved.source(Settings.BATCH_SIZE)).hasToString("recipe r.yaml:3:1");
    }

    @Test
    void aRecipeWrittenForTheModelStandsAboveTheModelsOwn() {
        with(Rank.MODEL, "m.yaml", "lr: 0.2");
        with(Rank.MODEL_RECIPE, "r.yaml", "lr: 0.1");
        assertThat(resolve().get(Settings.LR)).isEqualTo(0.1);
    }

    @Test
    void aFlagWithoutEffectIsAnErrorThatSaysWhy() {
        withFlag(Settings.LR_STEP_SIZE, "3");
        assertThatThrownBy(this::resolve)
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "--lr-step-size has an effect only with --lr-scheduler step; it is cosine"
                                + " (default)");
    }

    @Test
    void theReasonNamesWhereTheOtherValueCameFrom() {
        with(Rank.RECIPE, "r.yaml", "opt: adam");
        withFlag(Settings.MOMENTUM, "0.5");
        assertThatThrownBy(this::resolve)
                .hasMessageEndingWith(
                        "only with --opt sgd or rmsprop; it is adam (recipe r.yaml:1:1)");
    }

    @Test
    void aSwitchThatIsOffIsNamedWithoutItsValue() {
        withFlag(Settings.MODEL_EMA_DECAY, "0.9");
        assertThatThrownBy(this::resolve)
                .hasMessageContaining("only with --model-ema; it is false (default)");
    }

    @Test
    void aFlagWithItsCompanionHasAnEffect() {
        withFlag(Settings.LR_STEP_SIZE, "3").withFlag(Settings.LR_SCHEDULER, "step");
        assertThat(resolve().get(Settings.LR_STEP_SIZE)).isEqualTo(3L);
    }

    @Test
    void aRecipesIdleKeyIsNoError() {
        with(Rank.RECIPE, "r.yaml", "lr-step-size: 3");
        assertThat(resolve().idle(Settings.LR_STEP_SIZE)).contains("only with lr-scheduler step");
    }

    @Test
    void theFileIsReadBackAsTheSameValues() {
        with(
                Rank.RECIPE,
                "r.yaml",
                """
                model: my nets/a b.yaml
                data: "it's: odd # here"
                lr: 1e-7
                lr-milestones: [2, 4]
                lr-scheduler: multistep
                seed: 12345
                nesterov: true
                weight-decay: 0
                """);
        Configuration before = resolve();
        Map<SetValue, Source> overrides = new LinkedHashMap<>();
        overrides.put(SetValue.parse("params.width=0.5"), new Source(Rank.RECIPE, "recipe r:3:1"));
        overrides.put(
                SetValue.parse("input.shape=[1, 32, 32]"), new Source(Rank.COMMAND_LINE, "--set"));
        String text = ConfigurationFile.text(before, overrides, List.of("Resolved by a test"), "");
        Recipe read = Recipe.ofFile(YamlReader.parse("config.yaml", text));
        assertThat(read.overrides())
                .extracting(SetValue::text)
                .containsExactly("params.width=0.5", "input.shape=[1, 32, 32]");
        assertThat(text.lines())
                .anyMatch(line -> line.matches("  - 'params.width=0.5' +# recipe r:3:1"));
        // A value over several lines, as a shell gives it, stays one comment
        Map<SetValue, Source> rows =
                Map.of(
                        SetValue.parse("params.rows=[[1],\n[2]]"),
                        Source.of(Rank.COMMAND_LINE, Where.flag("--set params.rows=[[1],\n[2]]")));
        String lines = ConfigurationFile.text(before, rows, List.of(), "");
        assertThat(Recipe.ofFile(YamlReader.parse("c", lines)).overrides()).hasSize(1);
        // A run that goes on keeps who said it
        overrides.replaceAll((set, source) -> Source.of(Rank.RESUMED, set.where()));
        assertThat(ConfigurationFile.text(before, overrides, List.of(), text).lines())
                .anyMatch(line -> line.matches("  - 'params.width=0.5' +# recipe r:3:1"))
                .anyMatch(line -> line.endsWith("# --set"));
        Configuration after = Configuration.of(new TreeMap<>(Map.of(Rank.MODEL_RECIPE, read)));
        for (Setting<?> setting : Settings.ALL) {
            assertThat(after.find(setting)).as(setting.key()).isEqualTo(before.find(setting));
        }
    }

    @Test
    void theFileNamesTheSourceOfEachValue() {
        withFlag(Settings.LR, "0.5");
        assertThat(ConfigurationFile.text(resolve(), Map.of(), List.of(), "").lines())
                .anyMatch(line -> line.matches("lr: 0\\.5 +# --lr"))
                .anyMatch(line -> line.matches("opt: sgd +# default"))
                .anyMatch(line -> line.matches("lr-step-size: 30 +# default; no effect, only .*"));
    }

    /** Written by hand: a setting, another one that lets it have its effect, one that doesn't. */
    private static final String[] COMPANIONS = {
        "momentum 0.8 | opt sgd | opt adam",
        "momentum 0.8 | opt rmsprop | opt adamw",
        "nesterov true | opt sgd | opt rmsprop",
        "rmsprop-alpha 0.9 | opt rmsprop | opt sgd",
        "rmsprop-form tensorflow | opt rmsprop | opt adamw",
        "opt-eps 1e-6 | opt adam | opt sgd",
        "opt-eps 1e-6 | opt adamw | opt sgd",
        "opt-eps 1e-6 | opt rmsprop | opt sgd",
        "model-ema-decay 0.9 | model-ema true | model-ema false",
        "lr-warmup-epochs 2 | lr-scheduler constant | lr-scheduler onecycle",
        "lr-pace epoch | lr-scheduler exponential | lr-scheduler onecycle",
        "lr-min 1e-4 | lr-scheduler cosine | lr-scheduler constant",
        "lr-min 1e-4 | lr-scheduler poly | lr-scheduler step",
        "lr-min 1e-4 | lr-scheduler onecycle | lr-scheduler multistep",
        "lr-min 1e-4 | lr-scheduler plateau | lr-scheduler exponential",
        "lr-step-size 3 | lr-scheduler step | lr-scheduler multistep",
        "lr-milestones [3,4] | lr-scheduler multistep | lr-scheduler step",
        "lr-gamma 0.2 | lr-scheduler step | lr-scheduler cosine",
        "lr-gamma 0.2 | lr-scheduler multistep | lr-scheduler poly",
        "lr-gamma 0.2 | lr-scheduler exponential | lr-scheduler constant",
        "lr-gamma 0.2 | lr-scheduler plateau | lr-scheduler onecycle",
        "lr-patience 2 | lr-scheduler plateau | lr-scheduler step",
        "lr-power 2 | lr-scheduler poly | lr-scheduler cosine",
        "ra-magnitude 5 | auto-augment ra | auto-augment ta_wide",
        "ra-ops 3 | auto-augment ra | auto-augment none",
        "cache-mb 10 | cache ram | cache none",
        "cache-mb 10 | cache disk | cache none",
        "cache-dir x | cache disk | cache ram",
        "parts 2 | master local[2] | master none",
        "sync parameters | master local[2] | master none",
        "sync-every 2 | master local[2] | master none",
    };

    @Test
    void everySettingThatNeedsAnotherIsRefusedWithoutIt() {
        Set<String> seen = new TreeSet<>();
        for (String row : COMPANIONS) {
            List<String> parts = List.of(row.split(" \\| ", -1));
            List<String> own = List.of(parts.get(0).split(" ", -1));
            seen.add(own.get(0));
            assertThat(flags(parts.get(0), parts.get(1)).find(setting(own.get(0)))).isPresent();
            assertThatThrownBy(() -> flags(parts.get(0), parts.get(2)))
                    .as(row)
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith("--" + own.get(0) + " has an effect only with --");
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        Settings.ALL.stream()
                                .filter(setting -> setting.effect() != null)
                                .map(Setting::key)
                                .toList());
    }

    private static Setting<?> setting(String key) {
        return Settings.find(key).orElseThrow();
    }

    private Configuration flags(String... flags) {
        layers.clear();
        for (String flag : flags) {
            int space = flag.indexOf(' ');
            withFlag(setting(flag.substring(0, space)), flag.substring(space + 1));
        }
        return resolve();
    }
}
