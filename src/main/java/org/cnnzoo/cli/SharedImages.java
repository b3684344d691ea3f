package org.cnnzoo.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.Split;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;

/**
 * Images that the trials of one process share where data and preprocessing are equal: opened,
 * hashed and decoded once.
 */
final class SharedImages implements ImageSource {
    /** Preprocessings kept, each with half of what a training alone would keep. */
    private static final int MOST = 2;

    private final Consumer<String> notice;
    private final Map<Source, Dataset> opened = new HashMap<>();
    private final Map<Key, Map<Part, PreparedImages>> prepared =
            new LinkedHashMap<>(MOST, 0.75f, true);

    private record Source(String data, Optional<String> path) {}

    private record Key(String hash, Preprocessing preprocessing) {}

    private record Part(Split split, boolean whole) {}

    /**
     * @param notice told of each image that is left out, once; a trial's own notice would keep the
     *     trial's network in memory
     */
    SharedImages(Consumer<String> notice) {
        this.notice = notice;
    }

    /** The plan with the data of an earlier trial, if that had the same. */
    synchronized TrainingPlan sharing(TrainingPlan plan) {
        Source source =
                new Source(
                        plan.configuration().get(Settings.DATA),
                        plan.configuration().find(Settings.DATA_PATH));
        return plan.with(opened.computeIfAbsent(source, s -> plan.data()));
    }

    @Override
    public synchronized PreparedImages images(
            Dataset data,
            Split split,
            Preprocessing preprocessing,
            boolean whole,
            Consumer<String> unused) {
        Map<Part, PreparedImages> parts =
                prepared.computeIfAbsent(
                        new Key(data.hash(), preprocessing), key -> new HashMap<>());
        if (prepared.size() > MOST) {
            prepared.remove(prepared.keySet().iterator().next());
        }
        return parts.computeIfAbsent(
                new Part(split, whole),
                part ->
                        new PreparedImages(
                                data.split(split),
                                preprocessing,
                                whole,
                                PreparedImages.defaultBudget() / MOST,
                                notice));
    }
}
