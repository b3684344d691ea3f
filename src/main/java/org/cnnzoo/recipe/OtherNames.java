package org.cnnzoo.recipe;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.errors.Nearest;

/** What settings are called elsewhere, for hints: a guess is answered, not obeyed. */
public final class OtherNames {
    private static final Map<String, Setting<?>> ELSEWHERE =
            Map.ofEntries(
                    Map.entry("learning-rate", Settings.LR),
                    Map.entry("lr-schedule", Settings.LR_SCHEDULER),
                    Map.entry("scheduler", Settings.LR_SCHEDULER),
                    Map.entry("warmup", Settings.LR_WARMUP_EPOCHS),
                    Map.entry("warmup-steps", Settings.LR_WARMUP_EPOCHS),
                    Map.entry("optimizer", Settings.OPT),
                    Map.entry("optimiser", Settings.OPT),
                    Map.entry("eps", Settings.OPT_EPS),
                    Map.entry("batch", Settings.BATCH_SIZE),
                    Map.entry("num-epochs", Settings.EPOCHS),
                    Map.entry("dataset", Settings.DATA),
                    Map.entry("validation-split", Settings.VAL_SPLIT),
                    Map.entry("num-workers", Settings.WORKERS),
                    Map.entry("num-classes", Settings.CLASSES),
                    Map.entry("image-size", Settings.INPUT_SIZE),
                    Map.entry("ema", Settings.MODEL_EMA),
                    Map.entry("randaugment", Settings.AUTO_AUGMENT),
                    Map.entry("early-stopping", Settings.PATIENCE),
                    Map.entry("pretrained", Settings.WEIGHTS),
                    Map.entry("random-seed", Settings.SEED));

    private OtherNames() {}

    /** The setting that has this name elsewhere, dashes or not. */
    public static Optional<Setting<?>> find(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^--", "");
        return Optional.ofNullable(ELSEWHERE.get(plain));
    }

    /** {@code "; did you mean 'lr'?"}, by a name elsewhere or the nearest of those known. */
    public static String hint(String name, Collection<String> known) {
        return find(name)
                .map(setting -> "; did you mean '" + setting.key() + "'?")
                .orElseGet(() -> Nearest.hint(name.replace('_', '-'), known));
    }
}
