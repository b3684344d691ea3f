package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.build.Step;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.ArchitectureReader;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ResizableModelTest {
    private static final String POOLED =
            """
            name: pooled
            input: {shape: [1, %d, %d], minimum: 4}
            params: {classes: 3}
            features:
              - conv_bn: {out: 4, kernel: 3, padding: 1, act: relu}
            head: [global_avg_pool, {classifier: $classes}]
            """;

    private static Model model(String text, int side) {
        return ModelBuilder.build(
                NetworkBuilder.build(
                        ArchitectureReader.parse("test", text.formatted(side, side), List.of())),
                7);
    }

    private static INDArray images(int side) {
        return Nd4j.rand(DataType.FLOAT, 5, 1, side, side);
    }

    private static INDArray targets() {
        INDArray targets = Nd4j.zeros(DataType.FLOAT, 5, 3);
        for (int i = 0; i < 5; i++) {
            targets.putScalar(i, i % 3, 1);
        }
        return targets;
    }

    @Test
    void anotherSizesStepIsThatOfAModelBuiltForIt() {
        List<Integer> built = new ArrayList<>();
        ResizableModel model =
                new ResizableModel(
                        model(POOLED, 16),
                        side -> {
                            built.add(side);
                            return model(POOLED, side);
                        });
        Model own = model(POOLED, 8);
        model.values().muli(1.5); // as a step would change them
        own.values().muli(1.5);
        for (int n = 0; n < 2; n++) {
            INDArray images = images(8);
            Step step = model.forwardBackward(images, targets(), n);
            Step right = own.forwardBackward(images, targets(), n);
            assertThat(step.loss()).isEqualTo(right.loss());
            assertThat(model.gradients().toFloatVector())
                    .isEqualTo(own.gradients().toFloatVector());
            model.values().subi(model.gradients().mul(0.1));
            own.values().subi(own.gradients().mul(0.1));
        }
        assertThat(built).containsExactly(8);
        model.forwardBackward(images(16), targets(), 3);
        assertThat(model.logits(images(16)).shape()).containsExactly(5, 3);
        assertThat(built).containsExactly(8);
    }

    @Test
    void aModelWhoseParametersChangeWithTheSizeIsRefused() {
        String flat = POOLED.replace("global_avg_pool", "flatten");
        ResizableModel model = new ResizableModel(model(flat, 16), side -> model(flat, side));
        assertThatThrownBy(() -> model.forwardBackward(images(8), targets(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameters change with the size");
    }
}
