package org.cnnzoo.eval;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of one image, or why it says nothing; as JSON an entry of {@code cnn predict
 * --format json}.
 */
public sealed interface Prediction {
    /** The image's file, or {@code X.npy#i} for row i of a tensor. */
    String file();

    /**
     * The network's answer.
     *
     * @param predictions the first classes, the likeliest one first
     * @param logits of all classes, in the order of the network's outputs; null if not asked for
     */
    @JsonPropertyOrder({"file", "predictions", "logits"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @SuppressWarnings("ArrayRecordComponent") // bulk data: a list would box every number
    record Answer(String file, List<Ranked> predictions, float @Nullable [] logits)
            implements Prediction {
        public Answer {
            predictions = List.copyOf(predictions);
        }
    }

    /**
     * No answer.
     *
     * @param error the reason, in one line
     */
    @JsonPropertyOrder({"file", "error"})
    record Failure(String file, String error) implements Prediction {}

    /**
     * A class in its place; as JSON its name and probability.
     *
     * @param rank from 1
     * @param name of the class
     * @param probability by softmax over all classes, 0..1
     * @param logit what the last layer gave
     */
    @JsonPropertyOrder({"class", "probability"})
    record Ranked(
            @JsonIgnore int rank,
            @JsonProperty("class") String name,
            double probability,
            @JsonIgnore float logit) {}
}
