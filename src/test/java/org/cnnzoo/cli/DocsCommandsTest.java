package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command lines that the README and the pages of docs tell a reader to type. */
class DocsCommandsTest {
    private static final Path HOME = Path.of(System.getProperty("cnn.home", "."));

    /** A line of code, or what stands between backquotes, perhaps on two lines. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^(?: {4}|\\$ )\\./cnn ([a-z][^\\n#|>]*)|`\\./cnn ([a-z][^`]*)`");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) != null
                            ? matcher.group(1)
                            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        return words;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(HOME.resolve("README.md"), HOME.resolve("CONTRIBUTING.md")),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyCommandLineIsOneThatTheProgramReads() throws IOException {
        int lines = 0;
        for (Path page : pages()) {
            Matcher command = COMMAND.matcher(Files.readString(page));
            while (command.find()) {
                String code = command.group(1) == null ? command.group(2) : command.group(1);
                String line = code.replaceAll("\\s+", " ").strip();
                if (line.contains("...") || line.contains("COMMAND")) {
                    continue; // a pattern, for a person
                }
                lines++;
                String[] args =
                        words(line).stream()
                                .map(word -> word.equals("N") ? "2" : word)
                                .toArray(String[]::new);
                assertThatCode(() -> CnnCommand.withEveryCommand().parseArgs(args))
                        .as("%s: ./cnn %s", page.getFileName(), line)
                        .doesNotThrowAnyException();
            }
        }
        assertThat(lines).isGreaterThan(60);
    }
}
