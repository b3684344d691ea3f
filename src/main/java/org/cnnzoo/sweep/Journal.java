package org.cnnzoo.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.errors.WorkFailed;

/**
 * What happened in a sweep: a file that only grows, a line of JSON for each event, each on the disk
 * before the sweep acts on it. A line that a killed process left half written is cut off.
 */
public final class Journal implements AutoCloseable {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    .build();

    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a journal to add to, created if it isn't there; cuts off a torn last line.
     *
     * @throws WorkFailed if it can't be written
     */
    public static Journal open(Path file) {
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(whole(Files.readAllBytes(file)));
            channel.position(channel.size());
            return new Journal(file, channel);
        } catch (IOException e) {
            throw new WorkFailed("could not write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The events of a journal, a torn last line left out.
     *
     * @throws WorkFailed if the file can't be read or another line is no event
     */
    public static List<Event> read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new WorkFailed("could not read " + file + ": " + e.getMessage(), e);
        }
        String text = new String(bytes, 0, whole(bytes), StandardCharsets.UTF_8);
        List<Event> events = new ArrayList<>();
        for (String line : text.lines().toList()) {
            try {
                events.add(MAPPER.readValue(line, Event.class));
            } catch (JsonProcessingException e) {
                throw new WorkFailed(
                        "%s:%d: not a line of a sweep's journal%n%s"
                                .formatted(file, events.size() + 1, e.getOriginalMessage()),
                        e);
            }
        }
        return events;
    }

    /**
     * Adds an event and waits until it is on the disk.
     *
     * @throws WorkFailed if the disk is full
     */
    public void add(Event event) {
        try {
            String line = MAPPER.writeValueAsString(event) + "\n";
            long end = channel.position();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(end); // or the next line would be glued to half of this one
                throw e;
            }
        } catch (IOException e) {
            throw new WorkFailed("could not write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new WorkFailed("could not close " + file + ": " + e.getMessage(), e);
        }
    }

    /** Bytes up to and with the last line break. */
    private static int whole(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
