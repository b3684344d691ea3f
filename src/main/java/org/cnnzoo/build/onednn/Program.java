package org.cnnzoo.build.onednn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.cnnzoo.build.CallTimer;
import org.jspecify.annotations.Nullable;

/**
 * Calls in their order, and the memory they work in. Preparations are run before the first run, and
 * again when parameters have changed: they bring weights into the form that runs read.
 */
final class Program {
    /** A cache line, and what AVX-512 loads at once. */
    private static final long ALIGNMENT = 64;

    private final List<Call> preparations = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private @Nullable BytePointer arena;
    private long arenaBytes;
    private int turn = Integer.MAX_VALUE;

    void add(Call call) {
        calls.add(call);
    }

    void addPreparation(Call call) {
        preparations.add(call);
    }

    /** Bytes of all arrays but parameters and gradients. */
    long arenaBytes() {
        return arenaBytes;
    }

    /**
     * Finds each array a place that no other array has at the same time, largest first, and binds
     * the calls.
     */
    void plan() {
        Set<Storage> storages = new LinkedHashSet<>();
        number(preparations, 0, storages);
        Set<Storage> prepared = Set.copyOf(storages);
        number(calls, preparations.size(), storages);
        // What one run reads of the preparations, the next one reads too
        prepared.stream().filter(s -> s.last() >= preparations.size()).forEach(Storage::keep);
        List<Storage> largestFirst = new ArrayList<>(storages);
        largestFirst.sort(Comparator.comparingLong(Storage::bytes).reversed());
        List<Place> places = new ArrayList<>();
        for (Storage storage : largestFirst) {
            Place place = new Place(storage, lowest(storage, places));
            places.add(place);
            places.sort(Comparator.comparingLong(Place::from));
            arenaBytes = Math.max(arenaBytes, place.to());
        }
        BytePointer memory = new BytePointer(arenaBytes + ALIGNMENT);
        long start = -memory.address() & (ALIGNMENT - 1);
        for (Place place : places) {
            place.storage().place(memory.getPointer(start + place.from()));
        }
        arena = memory;
        preparations.forEach(Call::bind);
        calls.forEach(Call::bind);
    }

    private static void number(List<Call> calls, int from, Set<Storage> storages) {
        for (int i = 0; i < calls.size(); i++) {
            for (Storage storage : calls.get(i).storages()) {
                storage.usedBy(from + i);
                if (!storage.placed()) {
                    storages.add(storage);
                }
            }
        }
    }

    /** A storage from a byte of the arena on. */
    private record Place(Storage storage, long from) {
        long to() {
            return from + (storage.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
    }

    /** The lowest gap that is wide enough; {@code places} are in order. */
    private static long lowest(Storage storage, List<Place> places) {
        long from = 0;
        for (Place place : places) {
            if (place.storage().overlaps(storage)) {
                if (from + storage.bytes() <= place.from()) {
                    return from;
                }
                from = Math.max(from, place.to());
            }
        }
        return from;
    }

    /** Brings parameters into the form that runs read. */
    void prepare() {
        preparations.forEach(Call::run);
    }

    /** Says that what follows is the backward pass. */
    void turn() {
        turn = calls.size();
    }

    /**
     * Runs all calls.
     *
     * @param timer hears of each, if there is one
     */
    void run(@Nullable CallTimer timer) {
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (timer == null) {
                call.run();
            } else {
                long began = System.nanoTime();
                call.run();
                timer.took(call.node(), i >= turn, System.nanoTime() - began);
            }
        }
    }

    /** Frees primitives and the arena. */
    void close() {
        preparations.forEach(Call::close);
        calls.forEach(Call::close);
        if (arena != null) {
            arena.close();
        }
    }
}
