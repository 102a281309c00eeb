package net.shoal.automation.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.shoal.api.node.SettingRule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The folders are such as can be watched. Whether they are there is not asked: a drive may be plugged in later. */
@Component(property = SettingRule.PID + "=" + WatchConfig.PID)
public final class WatchRule implements SettingRule {
    @Activate
    public WatchRule() {}

    @Override
    public void check(Map<String, Object> values) {
        var folders = values.get("folders") instanceof String[] some ? List.of(some) : List.<String>of();
        var to = values.get("to") instanceof String text ? text : "";
        var understood = WatchSettings.of(folders, to, WatchConfig.Afterwards.KEEP, Duration.ofSeconds(1));
        if (!understood.problems().isEmpty()) {
            throw new IllegalArgumentException(understood.problems().get(0));
        }
    }
}
