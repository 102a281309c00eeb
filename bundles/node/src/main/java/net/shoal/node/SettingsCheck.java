package net.shoal.node;

import net.shoal.api.node.Settings;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Is everything that was set in force? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=settings", HealthCheck.TAGS + "=shoal"})
public final class SettingsCheck implements HealthCheck {
    private final Settings settings;

    @Activate
    public SettingsCheck(@Reference Settings settings) {
        this.settings = settings;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        var problems = settings.problems();
        problems.forEach(problem -> log.warn("{}", problem.message()));
        if (problems.isEmpty()) {
            log.info("All settings are in force.");
        }
        return new Result(log);
    }
}
