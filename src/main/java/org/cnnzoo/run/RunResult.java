package org.cnnzoo.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code result.json}; the keys there are these names in snake case, those of {@code
 * last} among them.
 *
 * @param run the run folder's name
 * @param model the architecture's name
 * @param dataset the data set's name
 * @param end why the training ended: {@code completed}, {@code patience} or {@code interrupted}
 * @param last the last epoch's figures
 * @param bestEpoch the epoch whose checkpoint is {@code best.zip}, from 1
 * @param bestValTop1 its validation top-1, 0..1
 * @param test the best checkpoint on the test split, or null if that was not evaluated
 * @param parameters trainable ones
 * @param macs of one image's forward pass
 * @param seed of the run
 * @param versions of this program and what it stands on, by name
 * @param hardware it ran on, by name, see {@link Hardware}, and its {@code engine}
 * @param dataHash the data set's {@link org.cnnzoo.data.Dataset#hash}
 * @param wallSeconds of all epochs, those before a resume included
 * @param finished when, in ISO 8601
 */
public record RunResult(
        String run,
        String model,
        String dataset,
        String end,
        @JsonUnwrapped EpochRecord last,
        int bestEpoch,
        double bestValTop1,
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonUnwrapped(prefix = "test_")
                @Nullable Test test,
        long parameters,
        long macs,
        long seed,
        SortedMap<String, String> versions,
        SortedMap<String, String> hardware,
        String dataHash,
        double wallSeconds,
        String finished) {

    /**
     * Figures of the test split.
     *
     * @param loss mean cross-entropy
     * @param top1 0..1
     * @param top5 0..1
     */
    public record Test(double loss, double top1, double top5) {}

    public RunResult {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        hardware = Collections.unmodifiableSortedMap(new TreeMap<>(hardware));
    }

    /** As JSON on several lines, with a line break at the end. */
    public String toJson() {
        return Json.pretty(this);
    }
}
