package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.recipe.OtherNames;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.SettingType;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.Where;
import org.cnnzoo.spec.YamlNode;

/**
 * Reads {@code space}: a mapping from paths to domains, each of whose values is read by the
 * setting's own type.
 */
final class SpaceReader {
    private static final String TRAIN = "train.";

    private final Recipe base;
    private final List<Parameter> parameters = new ArrayList<>();

    private SpaceReader(Recipe base) {
        this.base = base;
    }

    /**
     * @param base what the space must not set again
     */
    static Space read(YamlNode node, Recipe base) {
        YamlNode.Mapping mapping = Nodes.mapping(node, "'space'");
        if (mapping.entries().isEmpty()) {
            throw new SpecException(node.where(), "'space' is empty: nothing would vary");
        }
        SpaceReader reader = new SpaceReader(base);
        mapping.entries().forEach(reader::parameter);
        Space space = new Space(reader.parameters);
        space.parameters().forEach(p -> Effects.check(p, space));
        return space;
    }

    private void parameter(String path, YamlNode.Entry entry) {
        Optional<Setting<?>> setting = setting(path, entry.keyWhere());
        setting.flatMap(base::find)
                .ifPresent(
                        given -> {
                            throw new SpecException(
                                    entry.keyWhere(),
                                    "'%s' stands in the space and in the base, at line %d"
                                            .formatted(path, given.where().line()));
                        });
        List<Condition> when = List.of();
        if (entry.value() instanceof YamlNode.Mapping mapping && mapping.has("when")) {
            when = conditions(mapping.require("when", path));
        }
        Domain domain = DomainReader.read(path, entry.value());
        setting.ifPresent(s -> check(s, entry, domain));
        parameters.add(new Parameter(path, domain, when, entry.keyWhere()));
    }

    private static Optional<Setting<?>> setting(String path, Where where) {
        if (path.equals(Parameter.MODEL)) {
            return Optional.of(Settings.MODEL);
        }
        if (path.startsWith(TRAIN)) {
            String key = path.substring(TRAIN.length());
            List<String> keys = Settings.ALL.stream().<String>map(Setting::key).toList();
            Setting<?> setting =
                    Settings.find(key)
                            .orElseThrow(
                                    () ->
                                            new SpecException(
                                                    where,
                                                    "unknown training setting '"
                                                            + key
                                                            + "'"
                                                            + OtherNames.hint(key, keys)));
            if (setting.equals(Settings.MODEL) || setting.equals(Settings.OUTPUT_DIR)) {
                throw new SpecException(
                        where,
                        setting.equals(Settings.MODEL)
                                ? "the model varies as 'model', not '" + path + "'"
                                : "a trial's folder can't vary");
            }
            if (!setting.key().equals(key)) {
                throw new SpecException(where, "write '" + TRAIN + setting.key() + "'");
            }
            return Optional.of(setting);
        }
        Optional<Setting<?>> meant = Settings.find(path).or(() -> OtherNames.find(path));
        if (meant.isPresent()) {
            throw new SpecException(
                    where,
                    "unknown path '%s'; did you mean '%s%s'?"
                            .formatted(path, TRAIN, meant.get().key()));
        }
        return Optional.empty(); // a path of the architecture file, tried with the model itself
    }

    private static void check(Setting<?> setting, YamlNode.Entry entry, Domain domain) {
        if (domain instanceof Domain.Choice) {
            for (YamlNode value : DomainReader.choices(entry.value())) {
                read(setting, entry.keyWhere(), value);
            }
            return;
        }
        boolean number =
                setting.type() instanceof SettingType.Whole
                        || setting.type() instanceof SettingType.Decimal;
        if (!number) {
            throw new SpecException(
                    entry.value().where(),
                    "'%s' takes %s: a list of values was expected, not a range"
                            .formatted(setting.key(), setting.type().expected()));
        }
        if (setting.type() instanceof SettingType.Whole && domain instanceof Domain.Real) {
            throw new SpecException(
                    entry.value().where(),
                    "'%s' is %s: write 'integer' or 'log-integer'"
                            .formatted(setting.key(), setting.type().expected()));
        }
        for (double u : new double[] {0, 1}) {
            Where where = entry.value().where();
            String text = Point.text(domain.at(u));
            read(setting, entry.keyWhere(), new YamlNode.Scalar(text, false, where));
        }
    }

    private static void read(Setting<?> setting, Where where, YamlNode value) {
        try {
            setting.given(where, value);
        } catch (SpecException e) {
            throw e;
        } catch (BadInput e) { // it is not in this version
            throw new SpecException(where, String.valueOf(e.getMessage()));
        }
    }

    private List<Condition> conditions(YamlNode node) {
        YamlNode.Mapping mapping = Nodes.mapping(node, "'when'");
        List<Condition> conditions = new ArrayList<>();
        mapping.entries().forEach((path, entry) -> conditions.add(condition(path, entry)));
        return conditions;
    }

    private Condition condition(String path, YamlNode.Entry entry) {
        List<String> above = parameters.stream().map(Parameter::path).toList();
        Parameter other =
                parameters.stream()
                        .filter(p -> p.path().equals(path))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new SpecException(
                                                entry.keyWhere(),
                                                "'when' names a parameter above it; '"
                                                        + path
                                                        + "' is none"
                                                        + Nearest.hint(path, above)));
        if (!(other.domain() instanceof Domain.Choice choice)) {
            throw new SpecException(
                    entry.keyWhere(), "'when' needs a list of values; '" + path + "' is a range");
        }
        List<Object> values = new ArrayList<>();
        List<YamlNode> nodes =
                entry.value() instanceof YamlNode.Sequence sequence
                        ? sequence.items()
                        : List.of(entry.value());
        for (YamlNode item : nodes) {
            Object value = Nodes.value(item);
            if (!choice.values().contains(value)) {
                List<String> known = choice.values().stream().map(Point::text).toList();
                throw new SpecException(
                        item.where(),
                        "'%s' is never %s%s; it is one of %s"
                                .formatted(
                                        path,
                                        Point.text(value),
                                        Nearest.hint(Point.text(value), known).replace("?", ""),
                                        String.join(", ", known)));
            }
            values.add(value);
        }
        if (values.isEmpty()) {
            throw new SpecException(entry.keyWhere(), "'when' needs a value of '" + path + "'");
        }
        return new Condition(path, values);
    }
}
