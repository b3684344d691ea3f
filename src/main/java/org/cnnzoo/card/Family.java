package org.cnnzoo.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnzoo.errors.BadInput;

/**
 * What people wrote about a family of models.
 *
 * @param title such as {@code ResNet (2015)}
 * @param year of the paper, by which families are in order
 * @param prose Markdown, headings and all
 */
record Family(String name, String title, int year, String prose) {
    /** The headings that every family has. */
    private static final List<String> SECTIONS =
            List.of("## Introduced", "## What copies get wrong", "## Training here");

    private static final Pattern FIRST = Pattern.compile("# (.+ \\((\\d{4})\\))\n+");

    /**
     * Reads {@code FAMILY.md}.
     *
     * @throws BadInput if it is missing or has not every section
     */
    static Family read(Path folder, String name) {
        Path file = folder.resolve(name + ".md");
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new BadInput(
                    "no card for the family " + name + "\n  " + file + " would be its file", e);
        }
        Matcher first = FIRST.matcher(text);
        if (!first.lookingAt()) {
            throw new BadInput(file + ":1: the first line is '# Name (year)' and nothing else");
        }
        for (String section : SECTIONS) {
            if (text.lines().noneMatch(section::equals)) {
                throw new BadInput(file + ": there is no section '" + section + "'");
            }
        }
        String prose = text.substring(first.end()).strip();
        return new Family(name, first.group(1), Integer.parseInt(first.group(2)), prose);
    }
}
