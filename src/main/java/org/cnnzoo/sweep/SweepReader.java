package org.cnnzoo.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.YamlNode;
import org.cnnzoo.spec.YamlReader;
import org.jspecify.annotations.Nullable;

/** Reads a sweep's file; {@code docs/sweeps.md} has the grammar. */
public final class SweepReader {
    private static final List<String> KEYS =
            List.of(
                    "description",
                    "base",
                    "space",
                    "strategy",
                    "prune",
                    "metric",
                    "budget",
                    "seed");
    private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(s|m|h|d)");

    private SweepReader() {}

    /**
     * Reads a file.
     *
     * @throws SpecException at the place that is wrong
     * @throws BadInput if it can't be read
     */
    public static Definition read(Path file) {
        YamlNode node = YamlReader.read(file);
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        try {
            return read(name, Files.readString(file), node);
        } catch (IOException e) {
            throw new BadInput(file + ": can't be read", e);
        }
    }

    /** Reads text; {@code name} stands for the file in messages. */
    public static Definition parse(String name, String text) {
        return read(name, text, YamlReader.parse(name, text));
    }

    private static Definition read(String name, String text, YamlNode node) {
        YamlNode.Mapping file = Nodes.mapping(node, "a sweep");
        file.onlyKeys("a sweep", KEYS);
        YamlNode.Mapping base = Nodes.mapping(file.require("base", "a sweep"), "'base'");
        Map<String, YamlNode.Entry> settings = new LinkedHashMap<>(base.entries());
        settings.remove("recipe");
        refuse(settings, "output-dir", "a sweep's trials have their own folders");
        Recipe recipe = Recipe.ofFile(new YamlNode.Mapping(settings, base.where()));
        Optional<Pruning> pruning =
                Optional.ofNullable(file.get("prune")).map(MethodReader::pruning);
        Space space = SpaceReader.read(file.require("space", "a sweep"), recipe);
        Strategy strategy = MethodReader.strategy(file.require("strategy", "a sweep"), space);
        Budget budget = budget(file);
        pruning.ifPresent(
                p ->
                        space.find("train." + Settings.EPOCHS.key())
                                .ifPresent(
                                        e -> {
                                            throw new SpecException(
                                                    e.where(),
                                                    "the epochs can't vary where 'prune' decides"
                                                            + " on them; leave one of the two"
                                                            + " out");
                                        }));
        return new Definition(
                name,
                text,
                Optional.ofNullable(base.get("recipe")).map(n -> Nodes.word("recipe", n)),
                recipe,
                Nodes.flow(base),
                base.where(),
                space,
                strategy,
                pruning,
                Optional.ofNullable(file.get("metric"))
                        .map(SweepReader::objective)
                        .orElse(Objective.DEFAULT),
                budget,
                Optional.ofNullable(file.get("seed"))
                        .map(n -> Nodes.whole("seed", n, 0))
                        .orElse(0L));
    }

    private static void refuse(Map<String, YamlNode.Entry> settings, String key, String why) {
        YamlNode.Entry entry = settings.get(key);
        if (entry != null) {
            throw new SpecException(entry.keyWhere(), "'" + key + "' can't be set: " + why);
        }
    }

    private static Objective objective(YamlNode node) {
        YamlNode.Mapping mapping = Nodes.mapping(node, "'metric'");
        mapping.onlyKeys("'metric'", List.of("maximize", "minimize"));
        if (mapping.entries().size() != 1) {
            throw new SpecException(
                    node.where(),
                    "'metric' has one goal: {maximize: val_top1} or {minimize: val_loss}");
        }
        boolean maximize = mapping.has("maximize");
        String goal = maximize ? "maximize" : "minimize";
        YamlNode value = mapping.require(goal, "'metric'");
        String metric = Nodes.word(goal, value);
        if (!Objective.names().contains(metric)) {
            throw new SpecException(
                    value.where(),
                    "unknown metric '"
                            + metric
                            + "'"
                            + Nearest.hint(metric, Objective.names())
                            + "\n  metrics: "
                            + String.join(", ", Objective.names())
                            + (metric.startsWith("test")
                                    ? "; nothing is chosen by the test split"
                                    : ""));
        }
        return new Objective(metric, maximize);
    }

    private static Budget budget(YamlNode.Mapping file) {
        YamlNode node = file.get("budget");
        YamlNode.Mapping budget =
                node == null
                        ? new YamlNode.Mapping(Map.of(), file.where())
                        : Nodes.mapping(node, "'budget'");
        budget.onlyKeys("'budget'", List.of("trials", "epochs", "time"));
        return new Budget(
                count(budget, "trials"), count(budget, "epochs"), seconds(budget.get("time")));
    }

    private static OptionalInt count(YamlNode.Mapping budget, String key) {
        YamlNode node = budget.get(key);
        return node == null
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(Nodes.whole(key, node, 1)));
    }

    private static OptionalDouble seconds(@Nullable YamlNode node) {
        return node == null ? OptionalDouble.empty() : OptionalDouble.of(time(node));
    }

    private static double time(YamlNode node) {
        Matcher matcher = TIME.matcher(node instanceof YamlNode.Scalar scalar ? scalar.text() : "");
        if (!matcher.matches()) {
            throw new SpecException(
                    node.where(), "a time such as 90s, 45m or 2h was expected, not " + node.kind());
        }
        double unit =
                switch (matcher.group(2)) {
                    case "s" -> 1;
                    case "m" -> 60;
                    case "h" -> 3600;
                    default -> 86400;
                };
        return Double.parseDouble(matcher.group(1)) * unit;
    }
}
