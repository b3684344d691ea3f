package org.cnnzoo.weights.tensors;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cnnzoo.weights.tensors.SafetensorsHeader.Entry;

/** Where the tensors of a safetensors file lie: one behind the other, to the file's end. */
final class DataOffsets {
    private DataOffsets() {}

    /**
     * Checks offsets that a header gives.
     *
     * @param size bytes behind the header
     * @throws DamagedFile if tensors overlap, leave gaps or reach outside the file
     */
    static void check(Map<String, Entry> entries, long size) throws DamagedFile {
        List<Map.Entry<String, Entry>> inPlace =
                entries.entrySet().stream()
                        .sorted(
                                Comparator.comparingLong(
                                                (Map.Entry<String, Entry> e) ->
                                                        e.getValue().begin())
                                        .thenComparingLong(e -> e.getValue().end()))
                        .toList();
        long at = 0;
        for (Map.Entry<String, Entry> entry : inPlace) {
            long begin = entry.getValue().begin();
            long end = entry.getValue().end();
            String where = "tensor " + DamagedFile.quoted(entry.getKey());
            if (end < begin || end > size) {
                throw new DamagedFile(
                        "%s at bytes %d to %d of %d; is it a whole copy?"
                                .formatted(where, begin, end, size));
            }
            if (begin != at) {
                throw new DamagedFile(
                        "%s begins at byte %d, %s; %d would be right"
                                .formatted(
                                        where,
                                        begin,
                                        begin < at ? "inside another" : "behind a gap",
                                        at));
            }
            at = end;
        }
        if (at != size) {
            throw new DamagedFile("%d bytes behind the last tensor".formatted(size - at));
        }
    }
}
