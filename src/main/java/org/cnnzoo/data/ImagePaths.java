package org.cnnzoo.data;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.cnnzoo.errors.BadInput;

/**
 * Image files as a person names them: files, folders, and globs that no shell has expanded.
 *
 * <p>A file is taken whatever its name, and whether or not it is there: what can't be read is for
 * the reader to say. A folder gives the image files at any depth, a glob those that match, both
 * sorted by path and by their names' endings. In a glob {@code *} stays within a folder, a whole
 * {@code **} stands for any number of folders, none included.
 */
public final class ImagePaths {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{\\\\]");
    private static final Pattern ANY_FOLDERS = Pattern.compile("(?<=^|/)\\*\\*/");

    private static final Pattern HIDDEN = Pattern.compile("(^|/)\\.");

    private ImagePaths() {}

    /**
     * The files in the order in which they were named.
     *
     * @throws BadInput if a folder or a glob gives none
     * @throws org.cnnzoo.errors.WorkFailed if a folder can't be listed
     */
    public static List<Path> find(List<String> named) {
        List<Path> files = new ArrayList<>();
        for (String name : named) {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path));
            } else if (!Files.exists(path) && GLOB.matcher(name).find()) {
                files.addAll(matching(name));
            } else {
                files.add(path);
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> inFolder(Path folder) {
        List<Path> names = FolderListing.candidates(folder, folder, Integer.MAX_VALUE, false);
        if (names.isEmpty()) {
            throw new BadInput(
                    "no image in the folder %s%nPNG, JPEG, GIF, BMP or WebP files, named so, would be right"
                            .formatted(folder));
        }
        return names.stream().map(folder::resolve).toList();
    }

    private static List<Path> matching(String glob) {
        int slash = glob.lastIndexOf('/', GLOB.matcher(glob).results().findFirst().get().start());
        Path folder = Path.of(glob.substring(0, slash + 1));
        String pattern = glob.substring(slash + 1);
        int depth =
                pattern.contains("**")
                        ? Integer.MAX_VALUE // else no more than needed: it may be a whole disk
                        : 1 + (int) pattern.chars().filter(c -> c == '/').count();
        PathMatcher matcher = matcher(glob, pattern);
        List<Path> files =
                FolderListing.candidates(folder, folder, depth, HIDDEN.matcher(pattern).find())
                        .stream()
                        .filter(matcher::matches)
                        .map(folder::resolve)
                        .toList();
        if (files.isEmpty()) {
            throw new BadInput("no image file matches '%s'".formatted(glob));
        }
        return files;
    }

    private static PathMatcher matcher(String glob, String pattern) {
        try {
            return FileSystems.getDefault()
                    .getPathMatcher("glob:" + ANY_FOLDERS.matcher(pattern).replaceAll("{,**/}"));
        } catch (PatternSyntaxException e) {
            throw new BadInput(
                    "'%s' is neither a file nor a glob: %s".formatted(glob, e.getDescription()), e);
        }
    }
}
