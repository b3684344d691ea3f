package org.cnnzoo.build.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.Arrays;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.network.Memory;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTest {
    /** What the network package predicts, against the memory that the engine has planned. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lenet5 | 256 | ",
                "resnet20_cifar | 32 | ",
                "vgg11 | 16 | input.shape=[3,64,64] params.hidden=64",
                "resnet18 | 8 | input.shape=[3,64,64]",
                "resnet50 | 16 | input.shape=[3,64,64]",
                "mobilenet_v2 | 4 | ",
                "mobilenet_v3_small | 8 | ",
                "googlenet_torchvision | 4 | ",
                "nin | 8 | ",
            })
    void predictedMemoryIsWhatTheEngineTakes(String name, int batch, String sets) {
        Network network =
                NetworkBuilder.build(
                        new Zoo(Path.of("configs/models"))
                                .load(
                                        name,
                                        sets == null
                                                ? java.util.List.of()
                                                : Arrays.stream(sets.split(" ", -1))
                                                        .map(SetValue::parse)
                                                        .toList()));
        Model model = ModelBuilder.build(network, 1, EngineKind.ONEDNN);
        Program program =
                new Compiler(
                                network,
                                model.graph(),
                                new Parameters(
                                        model.values(), model.gradients(), model.parameters()),
                                1,
                                () -> 0,
                                batch,
                                true,
                                Cpu.trainingLayout())
                        .compile()
                        .program();
        Memory memory = Memory.of(network, batch);
        long vectors = memory.parameters() + memory.gradients() + memory.updater();
        assertThat(memory.total()).isCloseTo(vectors + program.arenaBytes(), withPercentage(20));
        program.close();
    }
}
