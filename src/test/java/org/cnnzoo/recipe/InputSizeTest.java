package org.cnnzoo.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.junit.jupiter.api.Test;

class InputSizeTest {
    private static InputSize choose(Optional<Long> given, int height, int width, int minimum) {
        return InputSize.choose(given, "photos", height, width, "vgg11", minimum);
    }

    @Test
    void isTheDatasOwnWhereThatSuits() {
        assertThat(choose(Optional.empty(), 48, 64, 32))
                .isEqualTo(new InputSize(48, 64, "the size of photos"));
    }

    @Test
    void isRaisedToTheModelsMinimumSideBySide() {
        assertThat(choose(Optional.empty(), 28, 28, 32))
                .isEqualTo(
                        new InputSize(32, 32, "photos's 28 px raised to vgg11's minimum of 32 px"));
        InputSize wide = choose(Optional.empty(), 28, 64, 32);
        assertThat(wide.height()).isEqualTo(32);
        assertThat(wide.width()).isEqualTo(64);
        assertThat(wide.why()).contains("28x64 px");
    }

    @Test
    void isASquareWhereItWasGiven() {
        assertThat(choose(Optional.of(96L), 28, 28, 32))
                .isEqualTo(new InputSize(96, 96, "as given"));
    }

    @Test
    void cantBeGivenBelowTheMinimum() {
        assertThatThrownBy(() -> choose(Optional.of(16L), 28, 28, 32))
                .isInstanceOf(BadInput.class)
                .hasMessage("--input-size 16 is below the 32 px that vgg11 needs at least");
    }
}
