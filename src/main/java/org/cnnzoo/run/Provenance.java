package org.cnnzoo.run;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.spec.ArchitectureText;
import org.cnnzoo.spec.SetValue;

/**
 * Where a checkpoint's network comes from: enough to build it again, and to prepare images for it
 * and name its answers, with nothing but the file.
 *
 * @param model the architecture's name
 * @param architecture the architecture file's text, whole
 * @param base the text of the file which that is a variant of; empty if it is none. Checkpoints
 *     written before it was there have none either
 * @param overrides the architecture's parameters that were set, by name, as text
 * @param classes names in the order of the network's outputs, one for each
 * @param preprocessing what an image goes through
 * @param dataset the data set's name
 * @param datasetHash its {@link org.cnnzoo.data.Dataset#hash}
 */
public record Provenance(
        String model,
        String architecture,
        String base,
        SortedMap<String, String> overrides,
        List<String> classes,
        Preprocessing preprocessing,
        String dataset,
        String datasetHash) {
    public Provenance {
        overrides = Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
        classes = List.copyOf(classes);
    }

    /** The same by other texts. */
    public Provenance with(ArchitectureText text) {
        return new Provenance(
                model,
                text.own(),
                text.base(),
                overrides,
                classes,
                preprocessing,
                dataset,
                datasetHash);
    }

    /** The same with further values set in the architecture's file. */
    public Provenance with(List<SetValue> more) {
        SortedMap<String, String> all = new TreeMap<>(overrides);
        all.putAll(SetValue.byPath(more));
        return new Provenance(
                model, architecture, base, all, classes, preprocessing, dataset, datasetHash);
    }

    /** The two texts. */
    public ArchitectureText text() {
        return new ArchitectureText(architecture, base);
    }
}
