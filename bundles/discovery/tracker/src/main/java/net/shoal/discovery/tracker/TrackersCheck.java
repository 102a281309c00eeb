package net.shoal.discovery.tracker;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which of the trackers in use work, and what is wrong with the others? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=trackers", HealthCheck.TAGS + "=shoal"})
public final class TrackersCheck implements HealthCheck {
    private static final int MAX_LINES = 20;

    private final TrackerDiscovery discovery;

    @Activate
    public TrackersCheck(@Reference TrackerDiscovery discovery) {
        this.discovery = discovery;
    }

    @Override
    public Result execute() {
        return judge(discovery.views());
    }

    /** A tracker works if it does so for one transfer: that another is not registered there says nothing of the network. */
    static Result judge(List<TrackerView> views) {
        var log = new FormattingResultLog();
        Map<String, List<TrackerView>> byTracker = views.stream()
                .filter(view -> view.health() != PlannedTracker.Health.NOT_ASKED)
                .collect(Collectors.groupingBy(TrackerView::authority, TreeMap::new, Collectors.toList()));
        var failing = byTracker.entrySet().stream()
                .filter(each -> each.getValue().stream().noneMatch(TrackersCheck::works))
                .toList();
        int working = byTracker.size() - failing.size();
        if (byTracker.isEmpty()) {
            log.info("No tracker has been asked: no transfer names one, or none runs.");
        } else if (working == 0) {
            log.warn("None of {} trackers works; peers are only found in other ways.", byTracker.size());
        } else {
            log.info("{} of {} trackers work.", working, byTracker.size());
        }
        failing.stream()
                .limit(MAX_LINES)
                .forEach(each ->
                        log.info("{} {}", each.getKey(), each.getValue().get(0).message()));
        return new Result(log);
    }

    private static boolean works(TrackerView view) {
        return view.health() == PlannedTracker.Health.WORKING;
    }
}
