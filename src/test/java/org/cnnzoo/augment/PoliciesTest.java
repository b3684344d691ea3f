package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;
import org.junit.jupiter.api.Test;

/** Which changes the policies draw, told by the image that comes out. */
class PoliciesTest {
    /** Whose magnitude torchvision's tables call signed. */
    private static final Set<PolicyOp> SIGNED =
            EnumSet.of(
                    PolicyOp.SHEAR_X,
                    PolicyOp.SHEAR_Y,
                    PolicyOp.TRANSLATE_X,
                    PolicyOp.TRANSLATE_Y,
                    PolicyOp.ROTATE,
                    PolicyOp.BRIGHTNESS,
                    PolicyOp.COLOR,
                    PolicyOp.CONTRAST,
                    PolicyOp.SHARPNESS);

    private static final int MAGNITUDE = 9;

    private static final PixelImage IMAGE = noise();

    /** So large that equalizing does something, and not of every level, for the contrast. */
    private static PixelImage noise() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[3 * 24 * 24];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(20, 230);
        }
        return new PixelImage(3, 24, 24, pixels);
    }

    private record Change(PolicyOp op, boolean negative, int magnitude) {
        PixelImage apply(PixelImage image, ToDoubleBiFunction<PolicyOp, Integer> strength) {
            double of = strength.applyAsDouble(op, magnitude);
            return op.apply(image, SIGNED.contains(op) && negative ? -of : of);
        }

        /** To count by: the operation, its sign, and whether it is one of the stronger half. */
        String label() {
            return "%s %b %b".formatted(op, SIGNED.contains(op) && negative, magnitude > 15);
        }
    }

    /** Each draw that one change can be, as likely as any other. */
    private static List<Change> draws(int from, int to) {
        List<Change> draws = new ArrayList<>();
        for (PolicyOp op : PolicyOp.values()) {
            for (int magnitude = from; magnitude <= to; magnitude++) {
                draws.add(new Change(op, false, magnitude));
                draws.add(new Change(op, true, magnitude));
            }
        }
        return draws;
    }

    /** Holds 14,000 changed images against what is expected of each operation and sign. */
    private static void requireAllAlike(
            Transform policy, List<Change> draws, ToDoubleBiFunction<PolicyOp, Integer> strength) {
        Map<PixelImage, String> labels = new LinkedHashMap<>();
        Map<String, Double> expected = new LinkedHashMap<>();
        int count = 14_000;
        for (Change change : draws) {
            PixelImage changed = change.apply(IMAGE, strength);
            labels.putIfAbsent(changed, change.label()); // two may give the same image
            expected.merge(labels.get(changed), (double) count / draws.size(), Double::sum);
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int seed = 0; seed < count; seed++) {
            PixelImage changed = policy.apply(IMAGE, new SplittableRandom(seed));
            assertThat(labels).as("seed %d", seed).containsKey(changed);
            seen.merge(labels.get(changed), 1, Integer::sum);
        }
        expected.forEach(
                (label, times) ->
                        assertThat((double) seen.getOrDefault(label, 0))
                                .as(label)
                                .isCloseTo(times, within(4.5 * Math.sqrt(times))));
    }

    @Test
    void randAugmentDrawsEveryOperationAndSignAlike() {
        List<Change> draws = draws(MAGNITUDE, MAGNITUDE);
        assertThat(draws.stream().map(change -> change.apply(IMAGE, PoliciesTest::ofRand)))
                .as("14 operations, 9 of them with a sign")
                .satisfies(images -> assertThat(new HashSet<>(images)).hasSize(23));
        requireAllAlike(new RandAugment(1, MAGNITUDE), draws, PoliciesTest::ofRand);
    }

    private static double ofRand(PolicyOp op, int magnitude) {
        return RandAugment.strength(op, magnitude, IMAGE);
    }

    @Test
    void trivialAugmentDrawsEveryOperationSignAndMagnitudeAlike() {
        requireAllAlike(
                new TrivialAugment(), draws(0, RandAugment.STRONGEST), TrivialAugment::strength);
    }

    @Test
    void randAugmentMakesAsManyChangesAsAsked() {
        List<Change> draws = draws(MAGNITUDE, MAGNITUDE);
        Set<PixelImage> once = new HashSet<>();
        draws.forEach(change -> once.add(change.apply(IMAGE, PoliciesTest::ofRand)));
        Set<PixelImage> twice = new HashSet<>();
        for (PixelImage image : once) {
            draws.forEach(change -> twice.add(change.apply(image, PoliciesTest::ofRand)));
        }
        int seeds = 500;
        int more = 0;
        int evenMore = 0;
        for (int seed = 0; seed < seeds; seed++) {
            PixelImage two = new RandAugment(2, MAGNITUDE).apply(IMAGE, new SplittableRandom(seed));
            assertThat(twice).as("seed %d", seed).contains(two);
            more += once.contains(two) ? 0 : 1;
            PixelImage three =
                    new RandAugment(3, MAGNITUDE).apply(IMAGE, new SplittableRandom(seed));
            evenMore += twice.contains(three) ? 0 : 1;
        }
        // One of the changes is the identity in 14 % of the pairs and 20 % of the triples, and
        // some are undone by others
        assertThat(more).isGreaterThan(seeds * 7 / 10);
        assertThat(evenMore).isGreaterThan(seeds * 6 / 10);
    }
}
