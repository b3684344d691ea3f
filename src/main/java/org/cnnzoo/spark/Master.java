package org.cnnzoo.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.regex.Pattern;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;

/**
 * Where a Spark application runs.
 *
 * @param url in Spark's form: {@code spark://HOST:PORT} (several with commas), {@code local[N]},
 *     {@code local-cluster[WORKERS,CORES,MB]}
 */
public record Master(String url) {
    private static final Pattern STANDALONE =
            Pattern.compile("spark://[^\\s:,/]+:\\d{1,5}(,[^\\s:,/]+:\\d{1,5})*");
    private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|[1-9]\\d{0,3})\\])?");
    private static final Pattern LOCAL_CLUSTER =
            Pattern.compile(
                    "local-cluster\\[\\s*[1-9]\\d*\\s*,\\s*[1-9]\\d*\\s*,\\s*[1-9]\\d*\\s*\\]");
    private static final int PATIENCE_MILLIS = 5000;

    /**
     * Reads what {@code --master} was given.
     *
     * @throws BadInput if it is no address of Spark's
     */
    public static Master parse(String text) {
        String url = text.strip();
        if (STANDALONE.matcher(url).matches()
                || LOCAL.matcher(url).matches()
                || LOCAL_CLUSTER.matcher(url).matches()) {
            return new Master(url);
        }
        throw new BadInput(
                "--master %s: spark://HOST:PORT, local[N] or local-cluster[WORKERS,CORES,MB] was"
                                .formatted(text)
                        + " expected");
    }

    /**
     * Looks whether Spark is on the class path.
     *
     * @return this
     * @throws BadInput if it isn't
     */
    public Master requireSpark() {
        try {
            Class.forName("org.apache.spark.SparkContext");
            Class.forName("org.apache.hadoop.conf.Configuration");
        } catch (ClassNotFoundException | LinkageError e) {
            throw new BadInput(
                    "Spark is not on the class path; ./cnn puts it there where --master is given,"
                            + " scripts/spark-jars fetches it");
        }
        return this;
    }

    /** Whether tasks are threads of this process. */
    boolean isThisProcess() {
        return LOCAL.matcher(url).matches();
    }

    /** Whether everything is on this machine. */
    boolean isThisMachine() {
        return !STANDALONE.matcher(url).matches()
                || url.startsWith("spark://127.")
                || url.startsWith("spark://localhost:");
    }

    /**
     * Looks whether somebody listens there: Spark itself tries for a minute before it gives up.
     *
     * @throws WorkFailed if nobody does
     */
    void requireReachable() {
        if (!STANDALONE.matcher(url).matches()) {
            return;
        }
        String why = "";
        for (String address : List.of(url.substring("spark://".length()).split(",", -1))) {
            int colon = address.lastIndexOf(':');
            int port = Integer.parseInt(address.substring(colon + 1));
            if (port > 0xffff) {
                throw new BadInput("--master %s: there is no port %d".formatted(url, port));
            }
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(address.substring(0, colon), port), PATIENCE_MILLIS);
                return;
            } catch (IOException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        throw new WorkFailed(
                ("no Spark master answers at %s (%s)%n"
                                + "scripts/spark-local-cluster start starts one on this machine")
                        .formatted(url, why));
    }
}
