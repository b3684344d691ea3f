package org.cnnzoo.trial;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cnnzoo.data.CacheChoice;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.ImageCache;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.Split;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.session.ImageSource;

/**
 * Images that the trials of one process share where data and preprocessing are equal: opened,
 * hashed and decoded once.
 */
final class SharedImages {
    /** Preprocessings kept, each with half of what a training alone would keep. */
    private static final int MOST = 2;

    private final Consumer<String> notice;
    private final Map<Source, Dataset> opened = new HashMap<>();
    private final Map<Key, Shared> prepared = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Source(String data, Optional<String> path) {}

    private record Key(String hash, Preprocessing preprocessing, CacheChoice cache) {}

    private record Shared(Map<Part, PreparedImages> parts, ImageCache cache) {}

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

    /** A source for one trial, whose plan says where images are kept. */
    ImageSource with(CacheChoice cache) {
        return (data, split, preprocessing, whole, unused) ->
                images(data, split, preprocessing, whole, cache);
    }

    private synchronized PreparedImages images(
            Dataset data,
            Split split,
            Preprocessing preprocessing,
            boolean whole,
            CacheChoice cache) {
        Shared shared =
                prepared.computeIfAbsent(
                        new Key(data.hash(), preprocessing, cache),
                        key -> new Shared(new HashMap<>(), cache.open(MOST)));
        if (prepared.size() > MOST) {
            prepared.remove(prepared.keySet().iterator().next());
        }
        return shared.parts.computeIfAbsent(
                new Part(split, whole),
                part ->
                        new PreparedImages(
                                data.split(split), preprocessing, whole, shared.cache, notice));
    }
}
