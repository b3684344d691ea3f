package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code docs/commands.md} is what {@code --help} says; {@code scripts/commands-page} writes it.
 */
class CommandsPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("cnn.home", "."), "docs/commands.md");

    private static void sections(CommandLine command, StringBuilder page) {
        page.append("\n## %s\n\n```\n".formatted(command.getCommandSpec().qualifiedName()));
        page.append(command.getUsageMessage(Ansi.OFF)).append("```\n");
        command.getSubcommands().values().forEach(below -> sections(below, page));
    }

    @Test
    void thePageHasEveryCommandsHelp() throws IOException {
        StringBuilder sections = new StringBuilder();
        sections(CnnCommand.withEveryCommand(), sections);
        String page = Files.readString(PAGE);
        assertThat(page.substring(page.indexOf("\n## ")))
                .as("run scripts/commands-page")
                .isEqualTo(sections.toString());
    }
}
