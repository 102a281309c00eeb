package net.shoal.automation.command;

import java.util.List;
import java.util.Map;
import net.shoal.api.node.SettingRule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The command is one that can be run as it is set. */
@Component(property = SettingRule.PID + "=" + CommandConfig.PID)
public final class CommandRule implements SettingRule {
    @Activate
    public CommandRule() {}

    @Override
    public void check(Map<String, Object> values) {
        if (values.get("onCompletion") instanceof String[] words && words.length > 0) {
            try {
                CommandTemplate.of(List.of(words));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(CommandConfig.PID + ":onCompletion: " + e.getMessage(), e);
            }
        }
    }
}
