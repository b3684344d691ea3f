package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.spec.YamlReader;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void everySettingIsInTheTable() {
        List<Setting<?>> constants =
                Stream.of(Settings.class.getDeclaredFields())
                        .filter(field -> Modifier.isPublic(field.getModifiers()))
                        .filter(field -> field.getType() == Setting.class)
                        .<Setting<?>>map(
                                field -> {
                                    try {
                                        return (Setting<?>) field.get(null);
                                    } catch (IllegalAccessException e) {
                                        throw new AssertionError(e);
                                    }
                                })
                        .toList();
        assertThat(Settings.ALL).containsExactlyInAnyOrderElementsOf(constants);
    }

    @Test
    void noFlagMeansTwoSettings() {
        assertThat(Settings.ALL.stream().flatMap(setting -> setting.flags().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aDefaultIsAmongTheValuesThatItsTypeReads() {
        for (Setting<?> setting : Settings.ALL) {
            Object byDefault = setting.byDefault();
            if (byDefault != null) {
                assertThat(setting.type().read(YamlReader.parse("x", setting.yaml(byDefault))))
                        .as(setting.key())
                        .isEqualTo(byDefault);
            }
        }
    }

    @Test
    void aSettingDependsOnOneThatAlwaysHasAValue() {
        for (Setting<?> setting : Settings.ALL) {
            Effect effect = setting.effect();
            if (effect != null) {
                assertThat(effect.other().byDefault()).as(setting.key()).isNotNull();
            }
        }
    }
}
