package org.cnnzoo.weights.tensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, {@code {"name": {"dtype": "F32", "shape": [2, 3],
 * "data_offsets": [0, 24]}, "__metadata__": {...}}}, read token by token so that a header which is
 * something else can't fill the memory.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format</a>
 */
final class SafetensorsHeader {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // Names from strangers don't belong in a table that outlives the file
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private static final int LONGEST_LIST = 64;

    /** One entry as the file has it; the offsets count from the end of the header. */
    record Entry(String dtype, List<Long> shape, long begin, long end) {}

    private final JsonParser in;

    private SafetensorsHeader(JsonParser in) {
        this.in = in;
    }

    /** Entries by name, in the order of the header. */
    static Map<String, Entry> parse(String json) throws IOException {
        try (JsonParser in = JSON.createParser(json)) {
            return new SafetensorsHeader(in).entries();
        } catch (JsonProcessingException e) {
            throw new DamagedFile("its header is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private Map<String, Entry> entries() throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        expect(JsonToken.START_OBJECT, "its header");
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            if (name.equals("__metadata__")) {
                expect(JsonToken.START_OBJECT, name);
                in.skipChildren();
            } else {
                entries.put(name, entry("tensor " + DamagedFile.quoted(name)));
            }
        }
        if (in.nextToken() != null) {
            throw new DamagedFile("its header has something behind the closing brace");
        }
        return entries;
    }

    private Entry entry(String where) throws IOException {
        String dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        expect(JsonToken.START_OBJECT, where);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String key = in.currentName();
            switch (key) {
                case "dtype" -> {
                    expect(JsonToken.VALUE_STRING, where + ": dtype");
                    dtype = in.getText();
                }
                case "shape" -> shape = numbers(where + ": shape");
                case "data_offsets" -> offsets = numbers(where + ": data_offsets");
                default ->
                        throw new DamagedFile(
                                "%s has %s; dtype, shape and data_offsets are right"
                                        .formatted(where, DamagedFile.quoted(key)));
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new DamagedFile(where + " needs dtype, shape and two data_offsets");
        }
        return new Entry(dtype, shape, offsets.get(0), offsets.get(1));
    }

    private List<Long> numbers(String where) throws IOException {
        List<Long> numbers = new ArrayList<>();
        expect(JsonToken.START_ARRAY, where);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT || in.getLongValue() < 0) {
                throw new DamagedFile(where + " is not a list of whole numbers from 0 up");
            }
            if (numbers.size() == LONGEST_LIST) {
                throw new DamagedFile(where + " has more than " + LONGEST_LIST + " numbers");
            }
            numbers.add(in.getLongValue());
        }
        return numbers;
    }

    private void expect(JsonToken right, String where) throws IOException {
        if (in.nextToken() != right) {
            throw new DamagedFile(
                    "%s is not %s"
                            .formatted(
                                    where,
                                    switch (right) {
                                        case START_OBJECT -> "a JSON object";
                                        case START_ARRAY -> "a list";
                                        default -> "a string";
                                    }));
        }
    }
}
