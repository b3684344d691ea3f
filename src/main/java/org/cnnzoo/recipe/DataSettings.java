package org.cnnzoo.recipe;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.cnnzoo.data.ValSplit;

/** What the settings say about the data. */
public final class DataSettings {
    private DataSettings() {}

    /** Which training images are set aside. */
    static ValSplit valSplit(Configuration configuration) {
        return valSplit(
                configuration.find(Settings.VAL_SPLIT), configuration.find(Settings.VAL_SEED));
    }

    /** The same of a recipe, such as a run's {@code config.yaml}. */
    public static ValSplit valSplit(Recipe recipe) {
        return valSplit(
                recipe.find(Settings.VAL_SPLIT).map(given -> (Double) given.value()),
                recipe.find(Settings.VAL_SEED).map(given -> (Long) given.value()));
    }

    private static ValSplit valSplit(Optional<Double> share, Optional<Long> seed) {
        return new ValSplit(
                share.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                seed.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }
}
