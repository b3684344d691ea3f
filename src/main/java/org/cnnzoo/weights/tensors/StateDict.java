package org.cnnzoo.weights.tensors;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.weights.tensors.PickleValue.View;
import org.jspecify.annotations.Nullable;

/**
 * The tensors by name that a pickle holds: the dict itself or, in a checkpoint, the dict under
 * {@code state_dict}, {@code model_state_dict} or {@code model}. Where none of these is there, the
 * averaged weights under {@code model_ema} or {@code state_dict_ema} are taken; where two of one
 * rank are there, nothing is guessed.
 *
 * <p>What else stands beside tensors (an epoch, an optimizer) is left out. The prefix {@code
 * module.} of DataParallel is taken off if every name has it.
 *
 * @param key where the checkpoint has it; empty if the dict is not in another
 */
record StateDict(String key, Map<String, View> tensors) {
    private static final List<List<String>> KEYS =
            List.of(
                    List.of("state_dict", "model_state_dict", "model"),
                    List.of("model_ema", "state_dict_ema"));

    private static final String PARALLEL = "module.";

    /**
     * Finds it.
     *
     * @throws BadInput if there is none, or more than one that might be meant
     */
    static StateDict of(Path file, Object root) {
        if (!(root instanceof Map<?, ?> dict)) {
            throw new BadInput("%s holds no dict of tensors%n%s".formatted(file, right()));
        }
        for (List<String> rank : KEYS) {
            List<String> found =
                    rank.stream().filter(key -> !tensors(dict.get(key)).isEmpty()).toList();
            if (found.size() > 1) {
                throw new BadInput(
                        "%s holds several state dicts: %s%n%s"
                                .formatted(file, String.join(", ", found), right()));
            }
            if (!found.isEmpty()) {
                return new StateDict(found.get(0), tensors(dict.get(found.get(0))));
            }
        }
        Map<String, View> tensors = tensors(dict);
        if (tensors.isEmpty()) {
            throw new BadInput(
                    "%s holds no tensors by name; its entries are: %s%n%s"
                            .formatted(file, entries(dict), right()));
        }
        return new StateDict("", tensors);
    }

    private static String right() {
        return "a state dict, alone or under %s, is right"
                .formatted(
                        KEYS.stream()
                                .flatMap(List::stream)
                                .map(key -> "'" + key + "'")
                                .collect(Collectors.joining(", ")));
    }

    private static String entries(Map<?, ?> dict) {
        String some =
                dict.keySet().stream()
                        .limit(10)
                        .map(key -> DamagedFile.quoted(String.valueOf(key)))
                        .collect(Collectors.joining(", "));
        return dict.isEmpty() ? "none" : dict.size() > 10 ? some + ", ..." : some;
    }

    private static Map<String, View> tensors(@Nullable Object value) {
        Map<String, View> tensors = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> dict) {
            dict.forEach(
                    (name, tensor) -> {
                        if (name instanceof String text && tensor instanceof View view) {
                            tensors.put(text, view);
                        }
                    });
        }
        if (!tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL))) {
            return tensors;
        }
        Map<String, View> shorter = new LinkedHashMap<>();
        tensors.forEach((name, view) -> shorter.put(name.substring(PARALLEL.length()), view));
        return shorter;
    }
}
