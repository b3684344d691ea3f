package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.YamlReader;
import org.cnnzoo.train.Moment;
import org.cnnzoo.train.Optimizer;
import org.cnnzoo.train.Schedule;
import org.cnnzoo.train.TrainSettings;
import org.cnnzoo.train.WeightDecay;
import org.junit.jupiter.api.Test;

class LoopSettingsTest {
    private static TrainSettings of(String yaml) {
        Recipe recipe = Recipe.ofFile(YamlReader.parse("r.yaml", yaml));
        return LoopSettings.of(Configuration.of(new TreeMap<>(Map.of(Rank.RECIPE, recipe))));
    }

    @Test
    void warmsUpForATenthOfTheEpochsAtMostOne() {
        assertThat(of("epochs: 1").schedule())
                .isEqualTo(new Schedule.WarmUp(0.1, 0.01, new Schedule.Cosine(0)));
        assertThat(of("epochs: 90").schedule())
                .isEqualTo(new Schedule.WarmUp(1, 0.01, new Schedule.Cosine(0)));
        assertThat(of("{epochs: 5, lr-pace: epoch}").schedule()).isEqualTo(new Schedule.Cosine(0));
    }

    @Test
    void everyScheduleCanBeChosen() {
        assertThat(of("{lr-scheduler: constant, lr-warmup-epochs: 0}").schedule())
                .isEqualTo(new Schedule.Constant());
        assertThat(of("{lr-scheduler: step, lr-step-size: 3, lr-warmup-epochs: 0}").schedule())
                .isEqualTo(new Schedule.Step(3, 0.1));
        assertThat(
                        of("{lr-scheduler: multistep, lr-milestones: [2, 4], lr-warmup-epochs: 0}")
                                .schedule())
                .isEqualTo(new Schedule.MultiStep(List.of(2, 4), 0.1));
        assertThat(of("{lr-scheduler: exponential, lr-gamma: 0.9, lr-warmup-epochs: 0}").schedule())
                .isEqualTo(new Schedule.Exponential(0.9));
        assertThat(of("{lr-scheduler: poly, lr-power: 0.5, lr-warmup-epochs: 0}").schedule())
                .isEqualTo(new Schedule.Poly(0.5, 0));
        assertThat(of("{lr-scheduler: onecycle, lr-pace: epoch}").schedule())
                .isEqualTo(new Schedule.OneCycle(0));
        assertThat(of("{lr-scheduler: onecycle, lr-pace: epoch}").pace())
                .isEqualTo(Moment.Pace.ITERATION);
    }

    @Test
    void everyOptimiserCanBeChosen() {
        assertThat(of("{momentum: 0.8, nesterov: true}").optimizer())
                .isEqualTo(new Optimizer.Sgd(0.8, true));
        assertThat(of("opt: adam").optimizer()).isEqualTo(new Optimizer.Adam());
        assertThat(of("{opt: adamw, opt-eps: 1e-6}").optimizer())
                .isEqualTo(new Optimizer.AdamW(0.9, 0.999, 1e-6));
        assertThat(of("{opt: rmsprop, rmsprop-form: tensorflow, rmsprop-alpha: 0.9}").optimizer())
                .isEqualTo(
                        new Optimizer.RmsProp(
                                0.9, 0.9, 1e-8, Optimizer.RmsProp.Convention.TENSORFLOW));
    }

    @Test
    void aSwitchThatIsOffIsAbsentFromTheLoop() {
        assertThat(of("epochs: 2").clipGradNorm()).isEmpty();
        assertThat(of("clip-grad-norm: 5").clipGradNorm()).hasValue(5);
        assertThat(of("model-ema-decay: 0.9").emaDecay()).isEmpty();
        assertThat(of("{model-ema: true, model-ema-decay: 0.9}").emaDecay()).hasValue(0.9);
    }

    @Test
    void normalisationHasTheWeightsDecayUnlessGivenItsOwn() {
        assertThat(of("wd: 0.1").weightDecay()).isEqualTo(WeightDecay.ofAll(0.1));
        assertThat(of("{wd: 0.1, norm-weight-decay: 0}").weightDecay())
                .isEqualTo(new WeightDecay(0.1, 0.1, 0, 0));
    }
}
