package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Weight;

/**
 * Epochs whose training images have a size of their own: {@code --progressive-resizing}.
 *
 * @param after how many epochs it begins
 * @param network the plan's network for that size, with the same parameters
 */
public record ResizePhase(int after, Network network) {
    private static final String FORM =
            "EPOCHS:SIZE with rising epochs from 0 on was expected, such as 0:128,10:160,20:224";

    private record Entry(int after, int side) {}

    /**
     * Those of a plan, in order; none if images always have the input's size.
     *
     * @throws BadInput if the text isn't right, or the model's parameters change with the size
     */
    static List<ResizePhase> of(TrainingPlan plan) {
        List<ResizePhase> phases = new ArrayList<>();
        plan.configuration()
                .find(Settings.PROGRESSIVE_RESIZING)
                .ifPresent(
                        text -> {
                            List<Entry> entries = entries(text);
                            check(plan, entries);
                            for (Entry entry : entries) {
                                Network network = plan.network(entry.side());
                                requireSameParameters(plan.network(), network);
                                phases.add(new ResizePhase(entry.after(), network));
                            }
                        });
        return List.copyOf(phases);
    }

    private static List<Entry> entries(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String[] parts = item.strip().split(":", -1);
            if (parts.length != 2 || !isCount(parts[0]) || !isCount(parts[1])) {
                throw wrong("%s, not '%s'".formatted(FORM, text));
            }
            Entry entry = new Entry(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            int least = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).after() + 1;
            if (entry.after() < least || (entries.isEmpty() && entry.after() > 0)) {
                throw wrong("%s, not '%s'".formatted(FORM, text));
            }
            entries.add(entry);
        }
        return entries;
    }

    private static boolean isCount(String text) {
        return text.matches("\\d{1,6}");
    }

    private static void check(TrainingPlan plan, List<Entry> entries) {
        Shape input = plan.network().input();
        if (input.height() != input.width()) {
            throw wrong(
                    "the input is %dx%d, a square one is needed; --input-size makes it one"
                            .formatted(input.height(), input.width()));
        }
        int minimum = plan.architecture().input().minimum();
        for (Entry entry : entries) {
            if (entry.side() < minimum) {
                throw wrong(
                        "%d px are below the %d px that %s needs at least"
                                .formatted(entry.side(), minimum, plan.network().name()));
            }
        }
        int last = entries.get(entries.size() - 1).after();
        int epochs = plan.configuration().count(Settings.EPOCHS);
        if (last >= epochs) {
            throw wrong(
                    "%d epochs are over before the size changes after %d".formatted(epochs, last));
        }
        if (entries.stream().allMatch(entry -> entry.side() == input.height())) {
            throw wrong("no effect: the input has %d px anyway".formatted(input.height()));
        }
    }

    private static void requireSameParameters(Network full, Network sized) {
        Map<String, Weight> theirs = sized.weights();
        full.weights()
                .forEach(
                        (name, weight) -> {
                            long size = weight.elements();
                            long other = theirs.containsKey(name) ? theirs.get(name).elements() : 0;
                            if (size != other) {
                                throw wrong(
                                        "%s has other parameters at another size: %s has %,d numbers at %d px, %,d at %d px%na model with global pooling before its classifier is needed, such as resnet18"
                                                .formatted(
                                                        full.name(),
                                                        name,
                                                        size,
                                                        full.input().height(),
                                                        other,
                                                        sized.input().height()));
                            }
                        });
    }

    private static BadInput wrong(String what) {
        return new BadInput("--progressive-resizing: " + what);
    }
}
