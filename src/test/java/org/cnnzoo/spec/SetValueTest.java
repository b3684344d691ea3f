package org.cnnzoo.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SetValueTest {
    private static final String FILE =
            """
            name: test
            input: {shape: [3, 32, 32]}
            params:
              classes: 10
              width: 1.0
              act: {default: relu, choices: [relu, tanh]}
            channels: {multiplier: $width}
            expect: {trainable: 1}
            features:
              - conv: {out: 8, kernel: 3, act: $act}
            head: [global_avg_pool, {classifier: $classes}]
            """;

    private static Architecture with(String... values) {
        return ArchitectureReader.parse(
                "test.yaml", FILE, Stream.of(values).map(SetValue::parse).toList());
    }

    @Test
    void replacesParametersAndKeepsTheirChoices() {
        assertThat(with("params.classes=7").classes()).isEqualTo(7);
        assertThat(with("params.act=tanh").parameters()).containsEntry("act", "tanh");
        assertThatThrownBy(() -> with("params.act=tan"))
                .hasMessageStartingWith("--set params.act=tan: ")
                .hasMessageContaining("did you mean 'tanh'?");
    }

    @Test
    void wholeNumberFitsANumberButNotTheOtherWayRound() {
        assertThat(with("params.width=2").parameters()).containsEntry("width", "2");
        assertThatThrownBy(() -> with("params.classes=2.5"))
                .hasMessageContaining("expected a whole number");
        assertThatThrownBy(() -> with("params.width=wide")).hasMessageContaining("the word 'wide'");
    }

    @Test
    void reachesIntoLists() {
        Architecture changed = with("features.0.conv.out=32", "input.shape.0=1");
        assertThat(changed.input().channels()).isEqualTo(1);
        assertThat(changed.features().toString()).contains("count=32");
    }

    @Test
    void defaultsAreMadeWhereAFileHasNone() {
        Architecture strided = with("defaults.conv.stride=2", "defaults.conv.bias=false");
        Layer.Single conv =
                (Layer.Single) ((Layer.Group) strided.features().get(0)).layers().get(0);
        assertThat(conv.arguments().size("stride")).isEqualTo(Size.square(2));
        assertThat(conv.arguments().flag("bias")).isFalse();
        assertThatThrownBy(() -> with("defaults.conv.strides=2"))
                .hasMessageContaining("strides")
                .hasMessageContaining("did you mean 'stride'?");
        assertThatThrownBy(() -> with("defaults.bm.eps=1")).hasMessageContaining("bm");
    }

    @Test
    void laterValuesWin() {
        assertThat(with("params.classes=7", "params.classes=8").classes()).isEqualTo(8);
    }

    @Test
    void factsOfTheFileDontHoldForChangedOnes() {
        assertThat(with().expect()).isPresent();
        assertThat(with("params.classes=7").expect()).isEmpty();
    }

    @Test
    void addsKeysThatTheFileLacks() {
        assertThat(with("recipe={lr: 0.1}").recipe()).isPresent();
    }

    @Test
    void wrongPathsNameTheNearestKey() {
        assertThatThrownBy(() -> with("params.widht=2")).hasMessageContaining("'width'?");
        assertThatThrownBy(() -> with("parms.width=2")).hasMessageContaining("'params'?");
        assertThatThrownBy(() -> with("features.3.conv=2")).hasMessageContaining("it has 0 to 0");
        assertThatThrownBy(() -> with("params.width.x=2")).hasMessageContaining("has no 'x'");
        assertThatThrownBy(() -> with("frobnicate=2")).hasMessageContaining("unknown key");
    }

    @Test
    void needsAnEqualsSign() {
        assertThatThrownBy(() -> SetValue.parse("params.width"))
                .hasMessageContaining("expected PATH=VALUE");
        assertThat(SetValue.parse("a=b=c").value()).isEqualTo("b=c");
    }

    @Test
    void valueThatIsNoYamlNamesTheFlag() {
        assertThatThrownBy(() -> with("params.classes=[1")).hasMessageStartingWith("--set params");
        assertThatThrownBy(
                        () ->
                                ArchitectureReader.parse(
                                        "test.yaml",
                                        FILE,
                                        List.of(
                                                SetValue.of(
                                                        "params.classes", "many", "--classes"))))
                .hasMessageStartingWith("--classes: ");
    }
}
