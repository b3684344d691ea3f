package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cnnzoo.console.Table;
import org.cnnzoo.recipe.Configuration;
import org.cnnzoo.recipe.Configuration.Resolved;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Source;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.spec.SetValue;

/** What {@code cnn train --dry-run} prints: every setting with its source, and the network. */
final class DryRun {
    private DryRun() {}

    static void print(TrainingPlan plan, Format format, PrintWriter out) {
        if (format == Format.JSON) {
            out.println(json(plan));
        } else {
            Table table = table(plan.configuration());
            plan.overrides()
                    .forEach((set, from) -> table.row("set " + set.path(), set.value(), from));
            table.print(out);
            out.println();
            out.println(plan.input());
            out.println(plan.network().summary());
            out.println("Nothing was trained or written.");
        }
        out.flush();
    }

    private static Table table(Configuration configuration) {
        Table table = new Table("SETTING", "VALUE", "FROM");
        configuration
                .values()
                .forEach(
                        (setting, resolved) -> {
                            String idle =
                                    configuration
                                            .idle(setting)
                                            .map(why -> " (no effect, " + why + ")")
                                            .orElse("");
                            boolean byDefault = resolved.source().rank() == Rank.DEFAULT;
                            if (idle.isEmpty() || !byDefault) {
                                table.row(
                                        setting.key(),
                                        setting.yaml(resolved.value()),
                                        resolved.source() + idle);
                            }
                        });
        return table;
    }

    private static String json(TrainingPlan plan) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Map.Entry<Setting<?>, Resolved> entry : plan.configuration().values().entrySet()) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("value", Setting.plain(entry.getValue().value()));
            value.put("source", entry.getValue().source().text());
            value.put("effect", plan.configuration().idle(entry.getKey()).isEmpty());
            settings.put(entry.getKey().key(), value);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model", plan.network().name());
        all.put("data", plan.data().name());
        all.put("set", plan.overrides().keySet().stream().map(SetValue::text).toList());
        all.put("set_from", plan.overrides().values().stream().map(Source::text).toList());
        all.put("input", plan.network().input().sizes());
        all.put("input_from", plan.why());
        all.put("classes", plan.network().classes());
        all.put("parameters", plan.network().parameters());
        all.put("macs", plan.network().macs());
        all.put("settings", settings);
        return Json.text(all);
    }
}
