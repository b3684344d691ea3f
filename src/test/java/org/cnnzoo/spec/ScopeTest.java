package org.cnnzoo.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScopeTest {
    private static final Scope SCOPE =
            new Scope(
                    Map.of(
                            "width", yaml("24"),
                            "kind", yaml("max"),
                            "deep", yaml("True"),
                            "one", yaml("1.0"),
                            "rows", yaml("[[1, 2], [3, 4]]")));

    private static YamlNode yaml(String text) {
        return YamlReader.parse("test.yaml", text);
    }

    private static String resolved(String text) {
        return ((YamlNode.Scalar) SCOPE.resolve(yaml(text))).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$width | 24",
                "{product: [4, $width]} | 96",
                "{product: [$width, 0.5]} | 12",
                "{product: [0.1, 3]} | 0.3",
                "{quotient: [$width, 8]} | 3",
                "{quotient: [$width, 2, 3]} | 4",
                "{quotient: [1, 4]} | 0.25",
                "{choose: {by: $kind, cases: {max: 1, avg: 2}}} | 1",
                "{choose: {by: $width, cases: {24: a}}} | a",
                "{choose: {by: $kind, cases: {}, otherwise: 7}} | 7",
                "{choose: {by: $deep, cases: {true: a}, otherwise: b}} | a",
                "{choose: {by: $one, cases: {2: a, 1: b}}} | b",
                "{product: [2, {choose: {by: $kind, cases: {max: $width}}}]} | 48",
            })
    void computesValues(String text, String value) {
        assertThat(resolved(text)).isEqualTo(value);
    }

    @Test
    void quotedDollarIsText() {
        assertThat(resolved("'$width'")).isEqualTo("$width");
    }

    @Test
    void inStaysForTheNetwork() {
        YamlNode.Mapping share =
                (YamlNode.Mapping) SCOPE.resolve(yaml("{quotient: [$in, 3], divisor: 8}"));
        assertThat(Product.factor(share)).isCloseTo(1 / 3.0, within());
        assertThat(share.has("divisor")).isTrue();
        assertThat(resolved("$in")).isEqualTo("$in");
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-12);
    }

    @Test
    void valueKnowsItsOwnPlaceAndTheNamesPlace() {
        YamlNode.Sequence list = (YamlNode.Sequence) SCOPE.resolve(yaml("[1, $width]"));
        YamlNode.Scalar value = (YamlNode.Scalar) list.items().get(1);
        assertThat(value.where()).isEqualTo(new Where("test.yaml", 1, 1));
        assertThat(value.through()).isEqualTo("given to $width at test.yaml:1:5");
    }

    @Test
    void casesThatAreNotChosenAreNotRead() {
        assertThat(resolved("{choose: {by: $kind, cases: {max: 1, avg: $nothing}}}"))
                .isEqualTo("1");
    }

    @Test
    void innerNamesHideNothingOfTheOuterScope() {
        Scope inner = SCOPE.with(Map.of("out", yaml("8")));
        assertThat(inner.has("width")).isTrue();
        assertThat(SCOPE.has("out")).isFalse();
    }

    @Test
    void longProductsStayShort() {
        String third = "0." + "3".repeat(30);
        String text = resolved("{product: [" + (third + ", ").repeat(50) + "1]}");
        assertThat(text.length()).isLessThan(100);
    }

    @Test
    void unknownNameHasANearOne() {
        assertThatThrownBy(() -> resolved("$widht")).hasMessageContaining("did you mean 'width'?");
    }
}
