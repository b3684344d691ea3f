package org.cnnzoo.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.cnnzoo.run.EpochRecord;

/**
 * What makes one trial better than another: a figure of its epochs, the best of them. Never one of
 * the test split, by which nothing is chosen.
 *
 * @param metric a key of {@code metrics.jsonl}
 * @param maximize whether more is better
 */
public record Objective(String metric, boolean maximize) {
    /** Validation top-1. */
    public static final Objective DEFAULT = new Objective("val_top1", true);

    private static final Map<String, ToDoubleFunction<EpochRecord>> METRICS = metrics();

    /** What can be asked for. */
    public static List<String> names() {
        return List.copyOf(METRICS.keySet());
    }

    /** The best epoch's record, NaN being worst; nothing if no epoch is done. */
    public Optional<EpochRecord> best(List<EpochRecord> epochs) {
        EpochRecord best = null;
        for (EpochRecord epoch : epochs) {
            if (best == null || Double.compare(loss(of(epoch)), loss(of(best))) < 0) {
                best = epoch;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The figure of an epoch. */
    public double of(EpochRecord epoch) {
        return METRICS.get(metric).applyAsDouble(epoch);
    }

    /** The figure turned so that less is better. */
    public double loss(double value) {
        return maximize ? -value : value;
    }

    /** {@code val_top1 (more is better)}. */
    @Override
    public String toString() {
        return metric + (maximize ? " (more is better)" : " (less is better)");
    }

    private static Map<String, ToDoubleFunction<EpochRecord>> metrics() {
        Map<String, ToDoubleFunction<EpochRecord>> metrics = new LinkedHashMap<>();
        metrics.put("val_top1", EpochRecord::valTop1);
        metrics.put("val_top5", EpochRecord::valTop5);
        metrics.put("val_loss", EpochRecord::valLoss);
        metrics.put("train_top1", EpochRecord::trainTop1);
        metrics.put("train_loss", EpochRecord::trainLoss);
        metrics.put("images_per_second", EpochRecord::imagesPerSecond);
        return Collections.unmodifiableMap(metrics);
    }
}
