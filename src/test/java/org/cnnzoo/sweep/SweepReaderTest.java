package org.cnnzoo.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.SpecException;
import org.junit.jupiter.api.Test;

class SweepReaderTest {
    private static Definition sweep(String space) {
        return SweepReader.parse(
                "s.yaml",
                "base:\n  model: lenet5\nspace:\n"
                        + space.indent(2)
                        + "strategy: random\nbudget: {trials: 5}\n");
    }

    private static void assertRefused(String space, String... parts) {
        assertThatThrownBy(() -> sweep(space))
                .isInstanceOf(SpecException.class)
                .message()
                .contains(parts)
                .satisfies(m -> assertThat(m.lines().count()).isBetween(1L, 3L));
    }

    @Test
    void everythingThatAFileCanSayIsRead() {
        Definition sweep =
                SweepReader.parse(
                        "all.yaml",
                        """
description: all
base: {data: fashion-mnist, recipe: quick, epochs: 9, lr-scheduler: multistep, params: {dropout: 0}}
space:
  model: [lenet5, resnet20_cifar]
  train.opt: {choice: [sgd, adam]}
  train.lr: {log-uniform: [1e-4, 1]}
  train.momentum: {uniform: [0, 0.99], when: {train.opt: sgd}}
  train.crop-padding: {integer: [0, 4]}
  train.batch-size: {log-integer: [16, 512]}
  train.lr-milestones: [[3, 5], [4, 8]]
strategy: {tpe: {startup: 5}}
prune: {asha: {eta: 2}}
metric: {minimize: val_loss}
budget: {trials: 30, epochs: 100, time: 1.5h}
seed: 4
""");
        assertThat(sweep.strategy()).isEqualTo(new Tpe(5, 24));
        assertThat(sweep.pruning()).contains(new Pruning(true, 1, 2));
        assertThat(sweep.objective()).isEqualTo(new Objective("val_loss", false));
        assertThat(sweep.budget())
                .isEqualTo(
                        new Budget(
                                OptionalInt.of(30), OptionalInt.of(100), OptionalDouble.of(5400)));
        assertThat(sweep.recipe()).contains("quick");
        assertThat(sweep.base().find(Settings.EPOCHS).orElseThrow().value()).isEqualTo(9L);
        assertThat(sweep.base().overrides())
                .extracting(SetValue::text)
                .containsExactly("params.dropout=0");
        assertThat(sweep.space().parameters().get(3).when())
                .containsExactly(new Condition("train.opt", List.of("sgd")));
        assertThat(sweep.seed()).isEqualTo(4);
    }

    @Test
    void aBadSpaceIsAnErrorWithItsPlaceAndTheNearestName() {
        assertRefused("train.lrr: [1]", "s.yaml:4:3:", "did you mean 'lr'?");
        assertRefused("lr: [0.1]", "s.yaml:4:3:", "did you mean 'train.lr'?");
        assertRefused("learning_rate: [0.1]", "s.yaml:4:3:", "did you mean 'train.lr'?");
        assertRefused("train.optimizer: [sgd]", "s.yaml:4:3:", "did you mean 'opt'?");
        assertRefused("train.lr: [0.1, -1]", "s.yaml:4:19:", "a number above 0");
        assertRefused("train.opt: [sgd, adan]", "s.yaml:4:20:", "did you mean 'adam'?");
        assertRefused("train.lr: {log-uniform: [0, 1]}", "s.yaml:4:28:", "above 0");
        assertRefused("train.lr: {uniform: [1, 1]}", "s.yaml:4:23:", "less than");
        assertRefused("train.lr: {unifrom: [0, 1]}", "s.yaml:4:14:", "did you mean 'uniform'?");
        assertRefused("train.opt: {uniform: [0, 1]}", "s.yaml:4:14:", "a list of values");
        assertRefused("train.batch-size: {uniform: [8, 64]}", "s.yaml:4:21:", "'integer'");
        assertRefused("train.batch-size: {integer: [0, 64]}", "s.yaml:4:21:", "of 1 or more");
        assertRefused("train.lr: [0.1, 0.1]", "s.yaml:4:19:", "twice");
        assertRefused("train.lr: 0.1", "s.yaml:4:13:", "needs values");
        assertRefused("train.model: [lenet5]", "s.yaml:4:3:", "'model'");
        assertRefused("model: [lenet5]", "s.yaml:4:3:", "in the base, at line 2");
        assertRefused("train.output-dir: [x]", "s.yaml:4:3:", "folder");
    }

    @Test
    void aConditionNamesAChoiceAboveAndItsValues() {
        String choice = "train.opt: [sgd, adam]\n";
        assertRefused(
                choice + "train.lr: {uniform: [0.1, 1], when: {train.op: sgd}}",
                "s.yaml:5:",
                "did you mean 'train.opt'?");
        assertRefused(
                choice + "train.lr: {uniform: [0.1, 1], when: {train.opt: sgdd}}",
                "s.yaml:5:",
                "did you mean 'sgd'");
    }

    @Test
    void aParameterWithoutEffectInSomeTrialsNeedsACondition() {
        assertRefused(
                "train.opt: [sgd, adam]\ntrain.momentum: {uniform: [0, 0.9]}",
                "s.yaml:5:3:",
                "only with opt sgd or rmsprop",
                "when: {train.opt: [sgd]}");
        assertThat(
                        sweep("train.opt: [sgd, rmsprop]\ntrain.momentum: {uniform: [0, 0.9]}")
                                .space()
                                .parameters())
                .hasSize(2);
        // Of a setting whose values are words of our own, too
        assertThat(
                        sweep("train.cache: [ram, disk]\ntrain.cache-mb: [100, 200]")
                                .space()
                                .parameters())
                .hasSize(2);
    }

    @Test
    void aFileThatLacksSomethingSaysWhat() {
        assertThatThrownBy(() -> SweepReader.parse("s.yaml", "base: {}\nspace: {train.lr: [1]}"))
                .hasMessageContaining("s.yaml:1:1: a sweep needs 'strategy'");
        assertThatThrownBy(
                        () ->
                                SweepReader.parse(
                                                "s.yaml",
                                                "base: {}\nspace: {train.lr: [1]}\n"
                                                        + "strategy: random")
                                        .requireBudget())
                .hasMessageContaining("budget: {trials: N}");
        assertThatThrownBy(
                        () ->
                                SweepReader.parse(
                                        "s.yaml",
                                        "base: {}\nspace: {train.lr: {uniform: [1, 2]}}\n"
                                                + "strategy: grid"))
                .hasMessageContaining("s.yaml:2:9:")
                .hasMessageContaining("points");
        assertThatThrownBy(
                        () ->
                                SweepReader.parse(
                                        "s.yaml",
                                        "base: {}\nspace: {train.lr: [1]}\nstrategy: grid\n"
                                                + "metric: {maximize: test_top1}"))
                .hasMessageContaining("nothing is chosen by the test split");
    }

    @Test
    void aGridIsEveryCombinationThatItsConditionsAllow() {
        Definition sweep =
                SweepReader.parse(
                        "g.yaml",
                        """
                        base: {model: lenet5}
                        space:
                          train.opt: [sgd, adam]
                          train.lr: {log-uniform: [0.01, 1], points: 3}
                          train.momentum: {choice: [0.5, 0.9], when: {train.opt: sgd}}
                        strategy: grid
                        """);
        assertThat(sweep.trials(0)).isEqualTo(9);
        assertThat(Grid.points(sweep.space()).map(Point::shown))
                .hasSize(9)
                .contains("opt sgd, lr 0.1, momentum 0.9", "opt adam, lr 1")
                .doesNotHaveDuplicates();
    }

    @Test
    void valuesGoToSetAsTheyWereWritten() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("model", "lenet5");
        values.put("train.lr", 1e-4);
        values.put("train.nesterov", true);
        values.put("params.stem", "3");
        assertThat(new Point(values).sets())
                .containsExactly(
                        "train.model=lenet5",
                        "train.lr=0.0001",
                        "train.nesterov=true",
                        "params.stem='3'");
    }
}
