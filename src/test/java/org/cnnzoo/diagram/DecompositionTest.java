package org.cnnzoo.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.diagram.Figure.Box;
import org.cnnzoo.diagram.Figure.Chain;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;

/** What the papers' own figures show of their networks. */
class DecompositionTest {
    private static Chain chain(String model) {
        return chain("configs/models", model);
    }

    private static Chain chain(String folder, String model) {
        return Decomposition.of(
                NetworkBuilder.build(new Zoo(Path.of(folder)).load(model, List.of())));
    }

    private static <F> List<F> items(Chain chain, Class<F> type) {
        return chain.items().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Stream<String> titles(Chain chain) {
        return items(chain, Box.class).stream().map(Box::title);
    }

    /** Table 1 of He 2015: 3, 4, 6, 3 blocks; the first of each stage has a projection. */
    @Test
    void resnet50IsFourStagesOfABlockWithAProjectionAndItsCopies() {
        Chain resnet = chain("resnet50");
        assertThat(items(resnet, Figure.Repeat.class))
                .extracting(repeat -> repeat.copies().size())
                .containsExactly(2, 3, 5, 2);
        List<Figure.Residual> first = items(resnet, Figure.Residual.class);
        assertThat(first).hasSize(4);
        assertThat(titles(first.get(1).main()))
                .containsExactly("1x1 conv, 128", "3x3 conv, 128, /2", "1x1 conv, 512");
        assertThat(titles(first.get(1).side())).containsExactly("1x1 conv, 512, /2");
        Figure.Residual copy =
                items(items(resnet, Figure.Repeat.class).get(0).drawn(), Figure.Residual.class)
                        .get(0);
        assertThat(copy.side().items()).isEmpty();
        assertThat(copy.join().orElseThrow().parts()).containsExactly("ReLU");
    }

    /** Table 1 of Szegedy 2014, row 3a; Figure 3's heads behind 4a and 4d. */
    @Test
    void googlenetIsNineModulesOfFourBranchesAndTwoHeads() {
        Chain googlenet = chain("googlenet");
        List<Figure.Parallel> modules = items(googlenet, Figure.Parallel.class);
        assertThat(modules).hasSize(9);
        assertThat(modules.get(0).branches().stream().map(branch -> titles(branch).toList()))
                .containsExactly(
                        List.of("1x1 conv, 64"),
                        List.of("1x1 conv, 96", "3x3 conv, 128"),
                        List.of("1x1 conv, 16", "5x5 conv, 32"),
                        List.of("3x3 max pool", "1x1 conv, 32"));
        assertThat(items(googlenet, Figure.Side.class))
                .extracting(Figure.Side::note)
                .containsExactly("training only, loss x 0.3", "training only, loss x 0.3");
        int head = googlenet.items().indexOf(items(googlenet, Figure.Side.class).get(0));
        assertThat(googlenet.items().get(head - 1).name()).endsWith("4a");
    }

    /** Table 1 of Howard 2019, fourth row: 5x5, expansion 72, SE, which squeezes to 24. */
    @Test
    void squeezeAndExcitationIsOneBoxBesideItsProduct() {
        Figure.Residual gate = items(chain("mobilenet_v3_large"), Figure.Residual.class).get(2);
        assertThat(gate.main().items()).isEmpty();
        assertThat(titles(gate.side())).containsExactly("SE, 24");
        assertThat(gate.join().orElseThrow().title()).isEqualTo("multiply");
    }

    /** Table 1 of Howard 2017: "5 x" before the last strides. */
    @Test
    void pairsOfLayersAreFoldedFromWhereTheirBlockBegins() {
        Figure.Repeat repeat = items(chain("mobilenet_v1"), Figure.Repeat.class).get(0);
        assertThat(repeat.copies()).hasSize(5);
        assertThat(titles(repeat.drawn())).containsExactly("3x3 depthwise, 512", "1x1 conv, 512");
    }

    /** fc6 has six times as many parameters as fc7; drawing one of them would hide it. */
    @Test
    void layersWithOtherParametersAreNotFolded() {
        assertThat(items(chain("vgg16"), Figure.Repeat.class)).isEmpty();
        assertThat(titles(chain("vgg16")).filter(title -> title.startsWith("3x3 conv")))
                .hasSize(13);
    }

    /** Table 1 of Huang 2016: 6, 12, 24 and 16 layers, each concatenated to what came before. */
    @Test
    void denseBlocksAreFoldedThoughTheirChannelsPileUp() {
        List<Figure.Repeat> blocks =
                items(chain("src/test/resources/outside", "densenet121"), Figure.Repeat.class);
        assertThat(blocks)
                .extracting(block -> block.copies().size())
                .containsExactly(6, 12, 24, 16);
        assertThat(blocks.get(0).output().channels()).isEqualTo(256);
    }
}
