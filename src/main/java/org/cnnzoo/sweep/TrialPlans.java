package org.cnnzoo.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Recipes;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.spec.SpecException;

/** The configuration of each trial, resolved as {@code cnn train} does. */
public final class TrialPlans implements Planner.Trials {
    private static final String PARAMS = "params.";

    private final Path home;
    private final Path directory;
    private final Definition sweep;
    private final Optional<Recipe> recipe;
    private final Map<String, Integer> epochs = new HashMap<>();
    private final Map<Point, Point> completed = new ConcurrentHashMap<>();

    /**
     * @param home where {@code configs} and {@code datasets} are
     * @param directory what relative paths in the sweep's file are relative to
     * @throws BadInput if the sweep's recipe is wrong
     */
    public TrialPlans(Path home, Path directory, Definition sweep) {
        this.home = home;
        // Messages say what the file says, wherever they can
        this.directory = directory.equals(Path.of("").toAbsolutePath()) ? Path.of("") : directory;
        this.sweep = sweep;
        Recipes recipes = new Recipes(home.resolve("configs/recipes"));
        this.recipe = sweep.recipe().map(name -> recipes.read(name, this.directory));
    }

    /**
     * A trial's plan.
     *
     * @param more further values, as after {@code --set}
     * @throws BadInput if something can't be right
     */
    public TrainingPlan plan(Point point, List<String> more) {
        List<String> sets = new ArrayList<>(point.sets());
        sets.addAll(more);
        TrainingPlan plan =
                TrainingPlan.of(
                        home, directory, Recipe.ofSets(sets), recipe, Rank.SWEEP, sweep.base());
        if (!plan.configuration().get(Settings.MASTER).equals(Settings.NO_MASTER)) {
            throw new BadInput(
                    "'master' can't be set in a sweep, whose trials are trained whole; cnn sweep"
                            + " --master has them done on a cluster");
        }
        return plan;
    }

    /** How many epochs a trial has in all. */
    @Override
    public int epochs(Point point) {
        if (point.values().get("train." + Settings.EPOCHS.key()) instanceof Long own) {
            return Math.toIntExact(own);
        }
        // A model's own recipe may say how many, where the base doesn't
        Object model = point.values().get(Parameter.MODEL);
        Point alone = new Point(model == null ? Map.of() : Map.of(Parameter.MODEL, model));
        return epochs.computeIfAbsent(String.valueOf(model), m -> epochsOf(alone, point));
    }

    /** Of the model by itself: a point that can't be trained must fail as a trial, not here. */
    private int epochsOf(Point alone, Point point) {
        try {
            return plan(alone, List.of()).settings().epochs();
        } catch (BadInput e) {
            return plan(point, List.of()).settings().epochs();
        }
    }

    /**
     * A trial of before the space had all of its parameters, with the values that it had of the new
     * ones by default. A value that the space hasn't is left out.
     */
    @Override
    public Point completed(Point point) {
        return completed.computeIfAbsent(point, this::complete);
    }

    private Point complete(Point point) {
        Map<String, Object> values = new LinkedHashMap<>();
        Optional<TrainingPlan> plan = Optional.empty();
        for (Parameter parameter : sweep.space().parameters()) {
            String path = parameter.path();
            Object own = point.values().get(path);
            if (own != null) {
                values.put(path, own);
            } else if (parameter.active(values)) {
                try {
                    plan = plan.isPresent() ? plan : Optional.of(plan(point, List.of()));
                } catch (BadInput e) {
                    return point; // it failed as a trial
                }
                inEffect(parameter, plan.get())
                        .flatMap(parameter.domain()::named)
                        .ifPresent(value -> values.put(path, value));
            }
        }
        point.values().forEach(values::putIfAbsent);
        return new Point(values);
    }

    /** What a parameter's value is in a plan, as text. */
    private static Optional<String> inEffect(Parameter parameter, TrainingPlan plan) {
        if (parameter.path().startsWith(PARAMS)) {
            String name = parameter.path().substring(PARAMS.length());
            return Optional.ofNullable(plan.architecture().parameters().get(name));
        }
        return parameter
                .setting()
                .<Object>flatMap(plan.configuration()::find)
                .map(value -> Point.text(Setting.plain(value)));
    }

    /**
     * Tries trials to come, without training: values that go by themselves may not go together.
     *
     * @param more what else a plan must stand
     * @throws SpecException at the space, naming the trial and its values
     */
    public void check(List<Upcoming.Proposal> trials, Consumer<TrainingPlan> more) {
        for (Upcoming.Proposal trial : trials) {
            Optional<BadInput> problem = problem(trial.point(), more);
            if (problem.isPresent()) {
                throw new SpecException(
                        sweep.space().parameters().get(0).where(),
                        "trial %d (%s): %s"
                                .formatted(
                                        trial.id(),
                                        trial.point().shown(),
                                        problem.get().getMessage()));
            }
        }
    }

    /**
     * Tries every value of each choice and the ends of each range, without training.
     *
     * @param more what else a plan must stand
     * @throws SpecException at the parameter whose value can't be right, or at what all trials have
     */
    public void check(Consumer<TrainingPlan> more) {
        // Alone the base may lack what the space has: only what is wrong with both is its own fault
        Optional<BadInput> alone = problem(new Point(Map.of()), more);
        for (Space.Sample sample : sweep.space().samples()) {
            Optional<BadInput> problem = problem(sample.point(), more);
            if (problem.isPresent()) {
                String text = String.valueOf(problem.get().getMessage());
                boolean ofBase = alone.filter(e -> text.equals(e.getMessage())).isPresent();
                if (ofBase && problem.get() instanceof SpecException own) {
                    throw own;
                }
                throw new SpecException(
                        ofBase ? sweep.baseWhere() : sample.parameter().where(), text);
            }
        }
    }

    private Optional<BadInput> problem(Point point, Consumer<TrainingPlan> more) {
        try {
            TrainingPlan plan = plan(point, List.of());
            plan.check();
            more.accept(plan);
            return Optional.empty();
        } catch (BadInput e) {
            return Optional.of(e);
        }
    }
}
