package org.cnnzoo.build.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cnnzoo.build.Backend;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.build.Precision;
import org.cnnzoo.network.Memory;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                network(
                        name,
                        sets == null
                                ? List.of()
                                : Arrays.stream(sets.split(" ", -1)).map(SetValue::parse).toList());
        Program program = compile(network, batch).program();
        Memory memory = Memory.of(network, batch);
        long vectors = memory.parameters() + memory.gradients() + memory.updater();
        assertThat(memory.total()).isCloseTo(vectors + program.arenaBytes(), withPercentage(20));
        program.close();
    }

    /**
     * Arrays of the graph's own layers wait for Java's collector: memory would not stay flat. Left
     * out: the auxiliary heads of googlenet_torchvision, whose pooling has windows of unequal size.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lenet5",
                "nin_cifar",
                "googlenet_bn",
                "resnet18",
                "resnet20_cifar",
                "mobilenet_v1",
                "mobilenet_v2",
                "mobilenet_v3_small"
            })
    void nothingOfTheZooIsLeftToTheGraph(String name) {
        Compiler.Compiled compiled = compile(network(name, List.of()), 1);
        assertThat(compiled.inGraph()).isEmpty();
        compiled.program().close();
    }

    private static Network network(String name, List<SetValue> sets) {
        return NetworkBuilder.build(new Zoo(Path.of("configs/models")).load(name, sets));
    }

    private static Compiler.Compiled compile(Network network, int batch) {
        Model model = ModelBuilder.build(network, 1, Backend.fp32(EngineKind.ONEDNN));
        return new Compiler(
                        network,
                        model.graph(),
                        new Parameters(model.values(), model.gradients(), model.parameters()),
                        1,
                        () -> 0,
                        batch,
                        true,
                        Form.of(Precision.FP32, network, true))
                .compile();
    }
}
