package org.cnnzoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Networks the zoo does not have, written in its grammar: whatever is published must be sayable.
 */
final class OutsideNetworksTest {
    private static final Zoo OUTSIDE = new Zoo(Path.of("src/test/resources/outside"));

    /**
     * Counted by {@code src/test/resources/outside/count.py}: torchvision 0.14's own networks where
     * it has them, else PyTorch modules written from the papers and checked there against published
     * counts (Keras's tables for Xception, timm's for Inception-ResNet-v2 and SE-ResNet-50).
     */
    @ParameterizedTest
    @CsvSource({
        "densenet121, 7978856, 2834161664",
        "squeezenet1_0, 1248424, 818924576",
        "squeezenet1_1, 1235496, 349151936",
        "resnext50_32x4d, 25028904, 4230479872",
        "wide_resnet50_2, 68883240, 11398021120",
        "shufflenet_v2_x1_0, 2278604, 144907992",
        "mnasnet1_0, 4383312, 314415872",
        "efficientnet_b0, 5288548, 385814752",
        "efficientnet_b3, 12233232, 1827141392",
        "inception_v3, 27161264, 5713216096",
        "regnet_x_400mf, 5495976, 413812608",
        "regnet_y_400mf, 4344144, 401842848",
        "convnext_tiny, 28589128, 4455531264",
        "se_resnet50, 28088024, 4091699200",
        "xception, 22855952, 8357403496",
        "darknet19, 20842376, 2790989824",
        "inception_resnet_v2, 55843464, 13155794016",
        "vovnet39, 22600296, 7072227328"
    })
    void countsAreThePublishedOnes(String name, long parameters, long macs) {
        Network network = NetworkBuilder.build(OUTSIDE.load(name, List.of()));
        assertThat(network.parameters()).isEqualTo(parameters);
        assertThat(network.macs()).isEqualTo(macs);
    }
}
