package org.cnnzoo.trial;

import java.util.List;
import org.cnnzoo.sweep.Job;

/**
 * What a trial's process is told, a line each.
 *
 * @param id of the trial
 * @param toEpoch where it stops
 */
record TrialOrder(int id, int toEpoch) {
    static TrialOrder of(Job job) {
        return new TrialOrder(job.id(), job.toEpoch());
    }

    static TrialOrder parse(String line) {
        List<String> words = List.of(line.split(" ", -1));
        return new TrialOrder(Integer.parseInt(words.get(0)), Integer.parseInt(words.get(1)));
    }

    String line() {
        return id + " " + toEpoch;
    }
}
