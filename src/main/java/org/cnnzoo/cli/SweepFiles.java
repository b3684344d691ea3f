package org.cnnzoo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.run.AtomicFile;
import org.cnnzoo.spec.NamedFiles;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.Event;
import org.cnnzoo.sweep.Journal;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.SweepReader;
import org.cnnzoo.sweep.SweepState;
import org.jspecify.annotations.Nullable;

/** A sweep's definition from its file, its folder and flags, and the journal's note of it. */
final class SweepFiles {
    private final Definition sweep;
    private final Optional<Event.Defined> before;
    private final SweepState state;
    private final Path directory;

    /**
     * @param named those of {@code configs/sweeps}
     * @param file a name or a path; null to go on as the folder says
     * @param resume the folder of a sweep that goes on
     * @param trials in place of the file's number
     * @throws BadInput if the file is wrong, or its trials can't be compared with the folder's
     */
    SweepFiles(
            NamedFiles named,
            @Nullable String file,
            @Nullable Path resume,
            @Nullable Integer trials) {
        Optional<Event.Defined> last = Optional.empty();
        Definition read;
        if (resume == null) {
            read = SweepReader.read(named.find(String.valueOf(file)));
        } else {
            SweepFolder.check(resume);
            last =
                    Journal.read(SweepFolder.journal(resume)).stream()
                            .filter(Event.Defined.class::isInstance)
                            .map(Event.Defined.class::cast)
                            .reduce((one, next) -> next);
            read = resumed(named, file, resume, last);
        }
        this.before = last;
        this.state =
                SweepState.of(
                        resume == null ? List.of() : Journal.read(SweepFolder.journal(resume)));
        this.directory =
                file == null && !state.directory().equals(Path.of(""))
                        ? state.directory()
                        : Path.of("").toAbsolutePath();
        if (trials != null && trials < state.trials().size()) {
            throw new BadInput(
                    "--trials %d has no effect: the sweep has %d already; more would be right"
                            .formatted(trials, state.trials().size()));
        }
        this.sweep = trials == null ? read : read.with(read.budget().withTrials(trials));
        sweep.requireBudget();
    }

    private static Definition resumed(
            NamedFiles named, @Nullable String file, Path resume, Optional<Event.Defined> last) {
        if (last.isEmpty()) { // killed before its first line
            return SweepReader.read(file == null ? SweepFolder.file(resume) : named.find(file));
        }
        Definition old = SweepReader.parse(SweepFolder.file(resume).toString(), last.get().file());
        old = old.named(last.get().name());
        if (file == null) {
            return old.with(old.budget().withTrials(last.get().trials()));
        }
        Definition now = SweepReader.read(named.find(file));
        String conflict = now.conflict(old);
        if (!conflict.isEmpty()) {
            throw new BadInput("%s: %s%n%s".formatted(file, conflict, "start a sweep of its own"));
        }
        return now;
    }

    Definition sweep() {
        return sweep;
    }

    /** What the file's relative paths are relative to: where it was given. */
    Path directory() {
        return directory;
    }

    /** What the folder's journal comes to. */
    SweepState state() {
        return state;
    }

    /** The number of the first trial that this definition proposes. */
    int first() {
        boolean continues =
                before.map(
                                old ->
                                        isAsBefore(old)
                                                || sweep.continues(
                                                        SweepReader.parse(
                                                                sweep.name(), old.file())))
                        .orElse(false);
        return continues ? before.map(Event.Defined::first).orElse(1) : state.nextId();
    }

    private boolean isAsBefore(Event.Defined old) {
        return old.file().equals(sweep.text()) && old.trials() == sweep.trials(old.first() - 1);
    }

    /**
     * Writes down what is new about the sweep, in its folder.
     *
     * @return every event of the journal
     */
    List<Event> begin(Path folder, Journal journal) {
        List<Event> events = new ArrayList<>(Journal.read(SweepFolder.journal(folder)));
        Event.Defined now =
                new Event.Defined(
                        state.elapsed(),
                        first(),
                        sweep.name(),
                        sweep.method(),
                        sweep.seed(),
                        sweep.trials(first() - 1),
                        sweep.text());
        // The file before the line: a folder whose journal has a line has the file
        AtomicFile.write(SweepFolder.file(folder), sweep.text());
        if (before.filter(this::isAsBefore).isEmpty()) {
            journal.add(now);
            events.add(now);
        }
        if (!state.directory().equals(directory)) {
            Event.Located here = new Event.Located(state.elapsed(), directory.toString());
            journal.add(here);
            events.add(here);
        }
        return events;
    }
}
