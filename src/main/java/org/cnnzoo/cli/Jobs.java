package org.cnnzoo.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.TrialRunner;
import org.cnnzoo.train.StopSignal;

/** Who runs the trials, for a number of jobs. */
final class Jobs {
    private Jobs() {}

    static TrialRunner runner(
            int jobs,
            Definition sweep,
            TrialPlans plans,
            Path folder,
            Consumer<String> notice,
            StopSignal stop) {
        if (jobs == 1) {
            return new TrialsHere(plans, folder, notice, stop);
        }
        String threads = "train." + Settings.THREADS.key();
        boolean set =
                sweep.base().find(Settings.THREADS).isPresent()
                        || sweep.space().find(threads).isPresent();
        int share = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
        List<String> more = set ? List.of() : List.of(threads + "=" + share);
        return new TrialProcesses(plans, folder, more, stop);
    }
}
