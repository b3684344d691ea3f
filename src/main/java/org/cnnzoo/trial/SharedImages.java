package org.cnnzoo.trial;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.cnnzoo.data.CacheChoice;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.ImageCache;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.Reason;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.Configuration;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.session.ImageSource;

/**
 * Images that trials share where data and preprocessing are equal: opened and hashed once in a
 * process, and decoded once in it or, with a folder, by whichever process comes first.
 */
final class SharedImages {
    /** Preprocessings kept, each with half of what a training alone would keep. */
    private static final int MOST = 2;

    private final Consumer<String> notice;
    private final Optional<Path> folder;
    private final Map<Source, Dataset> opened = new HashMap<>();
    private final Map<Key, Shared> prepared = new LinkedHashMap<>(MOST, 0.75f, true);

    /** What decides which data are opened. */
    private record Source(List<Optional<?>> values) {
        static final List<Setting<?>> SETTINGS =
                List.of(Settings.DATA, Settings.DATA_PATH, Settings.VAL_SPLIT, Settings.VAL_SEED);

        static Source of(Configuration configuration) {
            return new Source(SETTINGS.stream().<Optional<?>>map(configuration::find).toList());
        }
    }

    private record Key(String hash, Preprocessing preprocessing, CacheChoice cache) {}

    private record Shared(Map<Part, PreparedImages> parts, ImageCache cache) {}

    private record Part(Split split, boolean whole) {}

    /**
     * @param notice told of each image that is left out, once; a trial's own notice would keep the
     *     trial's network in memory
     */
    SharedImages(Consumer<String> notice) {
        this(notice, Optional.empty());
    }

    /**
     * The same with other processes.
     *
     * @param folder where decoded images are kept for all of them, unless a trial says where
     */
    SharedImages(Consumer<String> notice, Path folder) {
        this(notice, Optional.of(folder));
    }

    private SharedImages(Consumer<String> notice, Optional<Path> folder) {
        this.notice = notice;
        this.folder = folder;
    }

    /** The plan with the data of an earlier trial, if that had the same. */
    synchronized TrainingPlan sharing(TrainingPlan plan) {
        Source source = Source.of(plan.configuration());
        return plan.with(opened.computeIfAbsent(source, s -> plan.data()));
    }

    /** A source for one trial, whose plan may say where images are kept. */
    ImageSource of(TrainingPlan plan) {
        CacheChoice own = plan.cache();
        boolean says = plan.configuration().source(Settings.CACHE).rank() != Rank.DEFAULT;
        CacheChoice cache = says ? own : folder.map(f -> among(own, f)).orElse(own);
        return (data, split, preprocessing, whole, unused) -> {
            try {
                return images(data, split, preprocessing, whole, cache);
            } catch (WorkFailed e) {
                if (cache.equals(own)) {
                    throw e;
                }
                notice.accept(Reason.of(e).lines().findFirst().orElse("") + "; in memory instead");
                return images(data, split, preprocessing, whole, own);
            }
        };
    }

    /** As much as one process alone would keep of training and validation images. */
    private static CacheChoice among(CacheChoice own, Path folder) {
        long most = own.mostBytes().orElse(2 * PreparedImages.defaultBudget());
        return new CacheChoice(CacheChoice.Kind.DISK, OptionalLong.of(most), folder);
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
