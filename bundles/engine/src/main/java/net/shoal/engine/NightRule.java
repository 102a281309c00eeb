package net.shoal.engine;

import java.util.List;
import java.util.Map;
import net.shoal.api.node.SettingRule;
import net.shoal.engine.limits.Night;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The hours of the night make sense. One end may be missing: they are set one after the other. */
@Component(property = SettingRule.PID + "=" + EngineConfig.PID)
public final class NightRule implements SettingRule {
    @Activate
    public NightRule() {}

    @Override
    public void check(Map<String, Object> values) {
        var from = text(values, "nightFrom");
        var to = text(values, "nightTo");
        var days = values.get("nightDays") instanceof String[] some ? List.of(some) : List.<String>of();
        named("nightFrom", () -> Night.time(from));
        named("nightTo", () -> Night.time(to));
        named("nightDays", () -> Night.days(days));
        if (!from.isBlank() && !to.isBlank()) {
            named("nightTo", () -> Night.parse(from, to, days));
        }
    }

    private static String text(Map<String, Object> values, String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    private static void named(String name, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EngineConfig.PID + ":" + name + ": " + e.getMessage(), e);
        }
    }
}
