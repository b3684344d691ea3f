package org.cnnzoo.ui;

import java.io.IOException;
import java.net.ServerSocket;
import org.cnnzoo.build.Model;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.train.Optimizer;
import org.cnnzoo.train.TrainListener;

/** Deeplearning4j's training pages while a training runs; {@link #close} takes them away. */
public final class TrainingPages implements AutoCloseable {
    /** Deeplearning4j's own name for the property with the port. */
    static final String PORT = "org.deeplearning4j.ui.port";

    private static final int DEFAULT_PORT = 9000;
    private static final int LARGEST_PORT = 0xffff;

    private final PageServer server;

    private TrainingPages(PageServer server) {
        this.server = server;
    }

    /**
     * Starts the server, on port 9000 or what the system property {@code
     * org.deeplearning4j.ui.port} says.
     *
     * @throws BadInput if that is no port, or the pages aren't on the class path
     * @throws WorkFailed if the port is taken
     */
    public static TrainingPages open() {
        requirePages();
        int port = port();
        requireFree(port);
        return new TrainingPages(PageServer.start());
    }

    private static void requirePages() {
        try {
            Class.forName("org.deeplearning4j.ui.api.UIServer");
            Class.forName("io.vertx.core.Vertx");
        } catch (ClassNotFoundException | LinkageError e) {
            throw new BadInput(
                    "Deeplearning4j's pages are not on the class path; ./cnn puts them there where"
                            + " --ui is given, scripts/ui-jars fetches them");
        }
    }

    private static int port() {
        String asked = System.getProperty(PORT, "");
        if (asked.isEmpty()) {
            return DEFAULT_PORT;
        }
        try {
            int port = Integer.parseInt(asked);
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // no port, as one that is too large
        }
        throw new BadInput(
                "-D%s=%s: a port from 0 to %d was expected".formatted(PORT, asked, LARGEST_PORT));
    }

    /** Before the server, which would only say that it couldn't listen on port 0. */
    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new WorkFailed(
                    "--ui: port %d can't be had (%s)%nCNN_JAVA_OPTS=-D%s=%d takes another one"
                            .formatted(
                                    port,
                                    e.getMessage(),
                                    PORT,
                                    port < LARGEST_PORT ? port + 1 : DEFAULT_PORT),
                    e);
        }
    }

    /** Where the first page is. */
    public String address() {
        return server.address() + "/train/overview";
    }

    /**
     * Who shows a training on the pages and tells another listener.
     *
     * @param session its name, which the pages show
     * @param model that is trained, in place
     */
    public TrainListener listener(
            String session, Model model, Optimizer optimizer, TrainListener next) {
        server.open(
                session,
                DrawnGraph.json(model.network(), optimizer),
                model.network().nodes().size(),
                model.network().parameters());
        return new PagesListener(server, new Samples(model), next);
    }

    @Override
    public void close() {
        server.stop();
    }
}
