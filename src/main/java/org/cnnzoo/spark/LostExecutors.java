package org.cnnzoo.spark;

import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Tells of each executor that is gone. */
final class LostExecutors extends SparkListener {
    private final Consumer<String> notice;

    LostExecutors(Consumer<String> notice) {
        this.notice = notice;
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        notice.accept(
                "executor %s is lost (%s); its unfinished work is done again"
                        .formatted(
                                removed.executorId(),
                                removed.reason().lines().findFirst().orElse("").strip()));
    }
}
