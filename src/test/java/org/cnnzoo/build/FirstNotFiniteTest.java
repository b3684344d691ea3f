package org.cnnzoo.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.ArchitectureReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FirstNotFiniteTest {
    @ParameterizedTest
    @EnumSource(names = {"ND4J", "ONEDNN"})
    void isTheLayerInWhoseOutputItBegan(EngineKind engine) {
        Model model =
                ModelBuilder.build(
                        NetworkBuilder.build(
                                ArchitectureReader.parse(
                                        "test.yaml",
                                        "name: test\n"
                                            + "input: {shape: [1, 8, 8]}\n"
                                            + "params: {classes: 4}\n"
                                            + "features: [{conv: {out: 3, kernel: 3}}, relu, {conv:"
                                            + " {out: 4, kernel: 3}}, flatten]\n"
                                            + "head: [{classifier: $classes}]\n",
                                        List.of())),
                        1,
                        Backend.fp32(engine));
        INDArray images = Nd4j.ones(2, 1, 8, 8);
        assertThat(model.firstNotFinite(images)).isEmpty();
        List<String> weights =
                model.parameters().stream()
                        .map(Parameter::name)
                        .filter(name -> name.endsWith(".weight"))
                        .toList();
        Parameter second = model.parameter(weights.get(1));
        second.in(model.values()).assign(3e38);
        assertThat(model.firstNotFinite(images)).contains(weights.get(1).replace(".weight", ""));
    }
}
