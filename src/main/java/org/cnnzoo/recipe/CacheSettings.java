package org.cnnzoo.recipe;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.cnnzoo.data.CacheChoice;
import org.cnnzoo.errors.BadInput;

/** A configuration's cache of decoded images. */
public final class CacheSettings {
    private CacheSettings() {}

    /**
     * Where decoded images are kept.
     *
     * @throws BadInput if they'd take more than the heap has
     */
    public static CacheChoice of(Configuration from) {
        CacheChoice choice =
                new CacheChoice(
                        from.get(Settings.CACHE),
                        from.find(Settings.CACHE_MB)
                                .map(mib -> OptionalLong.of(mib << 20))
                                .orElse(OptionalLong.empty()),
                        from.find(Settings.CACHE_DIR)
                                .map(Path::of)
                                .orElseGet(CacheSettings::usual));
        choice.requireRoom();
        return choice;
    }

    /** As the XDG base directories have it, on every system. */
    private static Path usual() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache"))
                .resolve("cnn");
    }
}
