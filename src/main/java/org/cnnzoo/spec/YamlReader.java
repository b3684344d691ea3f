package org.cnnzoo.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into {@link YamlNode}s. Anchors, aliases and tags are errors: a file is
 * data, its size is what one sees, and nothing in it makes an object.
 */
public final class YamlReader {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 60;

    private static final String INSTEAD =
            "\n"
                + "  what stands more than once is a block (under 'blocks') or a parameter (under"
                + " 'params')";

    private final String file;
    private final Iterator<Event> events;
    private int depth;

    private YamlReader(String file, Iterator<Event> events) {
        this.file = file;
        this.events = events;
    }

    /**
     * Reads a file, named in messages as {@code path} was given.
     *
     * @throws SpecException at the place that is wrong
     * @throws BadInput if there is no such file or it can't be read
     */
    public static YamlNode read(Path path) {
        return read(path, path.toString());
    }

    /** Reads a file that messages call {@code name}. */
    public static YamlNode read(Path path, String name) {
        byte[] bytes;
        try {
            if (Files.isDirectory(path)) {
                throw new BadInput(name + ": is a folder; a YAML file was expected");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new BadInput(name + ": is larger than 1 MiB; is this the right file?");
            }
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new BadInput(
                    name + ": " + (Files.exists(path) ? "can't be read" : "there is no such file"),
                    e);
        }
        return parse(name, Text.decode(name, bytes));
    }

    /** Reads text; {@code name} stands for the file in messages. */
    public static YamlNode parse(String name, String text) {
        Text.check(name, text);
        LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true).build();
        try {
            YamlReader reader =
                    new YamlReader(name, new Parse(settings).parseString(text).iterator());
            return reader.document();
        } catch (MarkedYamlEngineException e) {
            Where where =
                    e.getProblemMark()
                            .or(e::getContextMark)
                            .map(mark -> where(name, mark))
                            .orElse(new Where(name, 1, 1));
            throw SyntaxProblem.of(e, text, where);
        } catch (YamlEngineException e) {
            throw new SpecException(new Where(name, 1, 1), "is not YAML: " + e.getMessage(), e);
        }
    }

    private YamlNode document() {
        events.next(); // stream start
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            throw new SpecException(
                    new Where(file, 1, 1), "is empty; something like 'key: value' was expected");
        }
        YamlNode root = node((NodeEvent) events.next());
        events.next(); // document end
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new SpecException(where(after), "a second document; one file holds one");
        }
        return root;
    }

    private YamlNode node(NodeEvent event) {
        Where where = where(event);
        if (event instanceof AliasEvent alias) {
            throw new SpecException(
                    where,
                    "an alias (*"
                            + alias.getAlias()
                            + "): files have neither anchors nor aliases"
                            + INSTEAD);
        }
        event.getAnchor()
                .ifPresent(
                        anchor -> {
                            throw new SpecException(
                                    where,
                                    "an anchor (&"
                                            + anchor
                                            + "): files have neither anchors nor aliases"
                                            + INSTEAD);
                        });
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), where);
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            return new YamlNode.Scalar(scalar.getValue(), quoted, where);
        }
        refuseTag(((CollectionStartEvent) event).getTag(), where);
        if (++depth > MAX_DEPTH) {
            throw new SpecException(where, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        YamlNode node =
                event.getEventId() == Event.ID.SequenceStart ? sequence(where) : mapping(where);
        depth--;
        return node;
    }

    private YamlNode sequence(Where where) {
        List<YamlNode> items = new ArrayList<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            items.add(node((NodeEvent) e));
        }
        return new YamlNode.Sequence(items, where);
    }

    private YamlNode mapping(Where where) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            YamlNode key = node((NodeEvent) e);
            if (!(key instanceof YamlNode.Scalar scalar)) {
                throw new SpecException(key.where(), "a key must be a word, not " + key.kind());
            }
            YamlNode value = node((NodeEvent) events.next());
            YamlNode.Entry before =
                    entries.putIfAbsent(scalar.text(), new YamlNode.Entry(key.where(), value));
            if (before != null) {
                throw new SpecException(
                        key.where(),
                        "the key '"
                                + scalar.text()
                                + "' stands twice; first at line "
                                + before.keyWhere().line());
            }
        }
        return new YamlNode.Mapping(entries, where);
    }

    private static void refuseTag(Optional<?> tag, Where where) {
        tag.ifPresent(
                t -> {
                    throw new SpecException(
                            where,
                            "a tag ("
                                    + t.toString().replace("tag:yaml.org,2002:", "!!")
                                    + "): files have none; write the value alone");
                });
    }

    private Where where(Event event) {
        return event.getStartMark().map(mark -> where(file, mark)).orElse(new Where(file, 1, 1));
    }

    private static Where where(String file, Mark mark) {
        return new Where(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
