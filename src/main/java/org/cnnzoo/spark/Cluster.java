package org.cnnzoo.spark;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.ShutdownHookManager;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import scala.runtime.BoxedUnit;

/** A Spark application: executors that do pieces of work until it is closed. */
public final class Cluster implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final long LONGEST_WAIT_SECONDS = 60;

    /** How long no further executor must have come for all to be there. */
    private static final long SETTLED_MILLIS = 1500;

    /** Spark ends its context at 50: work that is under way is waited for first. */
    private static final int BEFORE_SPARKS_OWN = 1000;

    private final Master master;
    private final JavaSparkContext spark;
    private final Consumer<String> notice;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Cluster(Master master, JavaSparkContext spark, Consumer<String> notice) {
        this.master = master;
        this.spark = spark;
        this.notice = notice;
    }

    /**
     * Starts an application and waits for its executors.
     *
     * @param master after {@link Master#requireSpark}: without Spark this class can't be loaded
     * @param name as the master's page shows it
     * @param threads of arithmetic in each task: so many cores of an executor it takes
     * @param wanted for how many tasks at a time to wait; 0: for all that come
     * @param notice told of executors that are lost
     * @throws WorkFailed if there is no master, or it gives no executor
     */
    public static Cluster connect(
            Master master, String name, int threads, int wanted, Consumer<String> notice) {
        master.requireReachable();
        JavaSparkContext spark;
        try {
            spark = new JavaSparkContext(ExecutorSettings.of(master, name, threads));
        } catch (RuntimeException e) {
            throw new WorkFailed("Spark did not start at " + master.url() + ": " + reason(e), e);
        }
        Cluster cluster = new Cluster(master, spark, notice);
        try {
            cluster.awaitExecutors(wanted);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        spark.sc().addSparkListener(new LostExecutors(notice));
        ShutdownHookManager.addShutdownHook(BEFORE_SPARKS_OWN, cluster::awaitClose);
        return cluster;
    }

    private void awaitExecutors(int wanted) {
        long began = System.nanoTime();
        int before = 0;
        long since = began;
        while (seconds(began) < LONGEST_WAIT_SECONDS) {
            int now = slots();
            if (wanted > 0 && now >= wanted) {
                return;
            }
            if (now != before) {
                before = now;
                since = System.nanoTime();
            }
            if (now > 0 && seconds(since) * 1000 >= SETTLED_MILLIS) {
                return;
            }
            pause();
        }
        throw new WorkFailed(
                ("no executor came from %s within %d s%nit needs a worker with a free core and"
                                + " memory (CNN_JAVA_OPTS=-Dspark.executor.memory=1g) and a JDK 17")
                        .formatted(master.url(), LONGEST_WAIT_SECONDS));
    }

    /** How many tasks can run at a time. */
    public int slots() {
        return spark.sc()
                .maxNumConcurrentTasks(
                        spark.sc().resourceProfileManager().defaultResourceProfile());
    }

    /**
     * Has work done and waits for it.
     *
     * @param shared sent to each executor once
     * @param pieces one task each
     * @param meanwhile called five times a second
     * @return what came of the pieces, in their order
     * @throws WorkFailed if a piece failed, or Spark gave up
     * @throws ClusterGone if nobody is left to do it
     * @throws BadInput if a piece found something impossible
     */
    public <S extends Serializable, A extends Serializable, R extends Serializable> List<R> run(
            S shared, List<A> pieces, Work<S, A, R> work, Runnable meanwhile) {
        if (spark.sc().isStopped()) {
            throw new ClusterGone("the Spark application was ended from outside");
        }
        Broadcast<S> sent = spark.broadcast(shared);
        JavaFutureAction<List<Call.Result<R>>> future =
                spark.parallelize(pieces, pieces.size()).map(new Call<>(sent, work)).collectAsync();
        try {
            return await(future, meanwhile).stream().map(Call.Result::get).toList();
        } catch (ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailed("interrupted while Spark was at work");
        } finally {
            if (!spark.sc().isStopped()) {
                if (!future.isDone()) {
                    future.cancel(true);
                }
                sent.destroy();
            }
        }
    }

    private <T> T await(JavaFutureAction<T> future, Runnable meanwhile)
            throws ExecutionException, InterruptedException {
        long lonely = System.nanoTime();
        boolean told = false;
        while (true) {
            try {
                return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                meanwhile.run();
            }
            if (slots() > 0) {
                lonely = System.nanoTime();
                told = false;
            } else if (!told) {
                told = true;
                notice.accept("no executor is left; waiting for another one");
            } else if (seconds(lonely) > LONGEST_WAIT_SECONDS) {
                future.cancel(true);
                throw new ClusterGone(
                        "no executor is left at %s, and none came within %d s"
                                .formatted(master.url(), LONGEST_WAIT_SECONDS));
            }
        }
    }

    private WorkFailed failed(ExecutionException e) {
        if (spark.sc().isStopped()) {
            return new ClusterGone("the Spark application was ended from outside");
        }
        String reason = reason(e);
        if (reason.contains("ClassNotFoundException: org.cnnzoo")) {
            return new WorkFailed(
                    "the executors don't find cnn%nits folder must be at the same path on every worker"
                            .formatted(),
                    e);
        }
        return new WorkFailed("Spark gave up: " + reason, e);
    }

    /** The innermost exception of Spark's own, in one line. */
    private static String reason(Throwable e) {
        Throwable said = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkException || cause.getCause() == null) {
                said = cause;
                break;
            }
        }
        return String.valueOf(said.getMessage()).lines().findFirst().orElse("").strip();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS / 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailed("interrupted while waiting for Spark's executors");
        }
    }

    private BoxedUnit awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return BoxedUnit.UNIT;
    }

    /** Ends the application; its executors go. */
    @Override
    public void close() {
        closed.countDown();
        spark.close();
    }
}
