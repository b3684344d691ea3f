package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line with Deeplearning4j's own training pages. */
class UiIT {
    private static final Path HOME = Path.of(System.getProperty("cnn.home", ".")).toAbsolutePath();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir private Path folder;

    @BeforeAll
    static void fetchPages() throws Exception {
        Process script =
                new ProcessBuilder(HOME.resolve("scripts/ui-jars").toString()).inheritIO().start();
        assertThat(script.waitFor()).isZero();
    }

    private static String[] train(String run, String... more) {
        return Stream.concat(
                        Stream.of("train", "--model", "lenet5", "--seed", "3", "--output-dir", run),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        URI address = URI.create("http://localhost:%d/train/%s".formatted(port, path));
        return client.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(int port, String path) throws Exception {
        HttpResponse<String> response = get(port, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private JsonNode overviewAfter(CnnProcess process, int port, int steps) throws Exception {
        while (process.process().isAlive()) {
            try {
                JsonNode overview = json(port, "overview/data");
                if (overview.at("/scores").size() >= steps) {
                    return overview;
                }
            } catch (ConnectException e) {
                // not yet
            }
            Thread.sleep(100);
        }
        throw new AssertionError("cnn ended: " + process.stderr());
    }

    private static List<String> texts(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).asText())
                .toList();
    }

    @Test
    void thePagesShowEachStepTheModelAndTheMachineUntilTheTrainingIsInterrupted() throws Exception {
        int port = freePort();
        CnnProcess process =
                CnnProcess.startWithPages(folder, port, train("run", "--ui", "--epochs", "50"));
        JsonNode overview = overviewAfter(process, port, 270);
        assertThat(overview.at("/scoresIter/0").asInt()).isEqualTo(1);
        assertThat(overview.at("/scoresIter/269").asInt()).isEqualTo(270);
        assertThat(overview.at("/scores/0").asDouble()).isBetween(2.0, 3.0);
        assertThat(overview.at("/scores/269").asDouble()).isBetween(0.1, 1.2);
        JsonNode ratios = overview.at("/updateRatios/features.c1.conv conv_W");
        assertThat(ratios.size()).isEqualTo(overview.at("/scores").size());
        assertThat(ratios.get(10).asDouble()).isBetween(1e-6, 0.5);
        assertThat(overview.at("/model/2/1").asText()).isEqualTo("61706");

        JsonNode graph = json(port, "model/graph");
        assertThat(texts(graph.at("/vertexNames")))
                .startsWith("input", "features.c1.conv conv", "features.c1.act tanh")
                .endsWith("loss of head.output dense");
        assertThat(texts(graph.at("/vertexTypes"))).contains("Convolution", "Dense", "Subsampling");
        JsonNode first = json(port, "model/data/1");
        assertThat(first.at("/layerInfo").toString()).contains("\"156\"", "[5, 5]");
        assertThat(texts(first.at("/paramHist/paramNames"))).containsExactlyInAnyOrder("W", "b");
        assertThat(first.at("/paramHist/W/counts").size()).isEqualTo(20);
        assertThat(first.at("/learningRates/lrs/W/0").asDouble()).isBetween(1e-5, 0.1);
        for (int vertex = 0; vertex < graph.at("/vertexNames").size(); vertex++) {
            json(port, "model/data/" + vertex);
        }
        assertThat(json(port, "system/data").at("/memory/0/currentBytes/0").asLong()).isPositive();
        for (String page : List.of("overview", "model", "system")) {
            assertThat(get(port, page).body()).contains("</html>");
        }

        // As many as the charts have points: every other one is forgotten
        while (json(port, "overview/data").at("/scoresIter/1").asInt() == 2) {
            assertThat(process.process().isAlive()).as(process.stderr()).isTrue();
            Thread.sleep(100);
        }
        process.signal("INT");
        assertThat(process.exitCode()).isEqualTo(130);
        assertThat(process.stderr())
                .contains("http://localhost:%d/train/overview".formatted(port), "--resume run")
                .doesNotContain("WARN", "Exception");
        assertThat(process.stdout()).isEmpty();
    }

    @Test
    void thePagesChangeNothingInTheTraining() throws Exception {
        String[] few = {"--epochs", "1", "--limit-train-batches", "20", "--limit-val-batches", "2"};
        CnnProcess plain = CnnProcess.start(folder, train("plain", few));
        assertThat(plain.exitCode()).as(plain.stderr()).isZero();
        String[] shown = Stream.concat(Stream.of(few), Stream.of("--ui")).toArray(String[]::new);
        CnnProcess ui = CnnProcess.startWithPages(folder, freePort(), train("shown", shown));
        assertThat(ui.exitCode()).as(ui.stderr()).isZero();
        assertThat(folder.resolve("shown/checkpoints/last.zip"))
                .hasSameBinaryContentAs(folder.resolve("plain/checkpoints/last.zip"));
        assertThat(folder.resolve("shown/config.yaml")).content().doesNotContain("ui:");
    }

    @Test
    void aPortThatIsTakenIsAnErrorBeforeThereIsARun() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            CnnProcess process =
                    CnnProcess.startWithPages(folder, taken.getLocalPort(), train("run", "--ui"));
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.stderr())
                    .startsWith("cnn: --ui: port " + taken.getLocalPort() + " can't be had")
                    .contains("CNN_JAVA_OPTS=-Dorg.deeplearning4j.ui.port=");
            assertThat(process.stderr().lines().count()).isEqualTo(2);
            assertThat(folder.resolve("run")).doesNotExist();
        }
    }

    @Test
    void withoutTheirJarsItSaysWhereTheyComeFrom() throws Exception {
        CnnProcess process = CnnProcess.start(folder, train("run", "--ui"));
        assertThat(process.exitCode()).isEqualTo(2);
        assertThat(process.stderr()).contains("scripts/ui-jars");
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
