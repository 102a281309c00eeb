package net.shoal.automation.watch;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Are the folders watched that are to be, and was everything in them of use? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=watched-folders", HealthCheck.TAGS + "=shoal"})
public final class WatchCheck implements HealthCheck {
    private final TorrentWatch watch;

    @Activate
    public WatchCheck(@Reference TorrentWatch watch) {
        this.watch = watch;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        watch.failure().ifPresent(message -> log.warn("No folder is watched: {}.", message));
        watch.settings().problems().forEach(problem -> log.warn("{}.", problem));
        watch.report().ifPresent(report -> {
            report.news().forEach(log::info);
            report.troubles().forEach(log::warn);
        });
        if (watch.report().isEmpty() && watch.settings().problems().isEmpty()) {
            log.info("No folder is watched ({}:folders names some).", WatchConfig.PID);
        }
        return new Result(log);
    }
}
