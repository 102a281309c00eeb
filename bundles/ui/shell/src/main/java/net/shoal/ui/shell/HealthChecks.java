package net.shoal.ui.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What bundles can tell of their health; whoever has something to say registers a {@link HealthCheck}. */
@Component(service = HealthChecks.class)
public final class HealthChecks {
    private final Map<HealthCheck, String> names = new ConcurrentHashMap<>();

    /** A check and what it is called. */
    record Named(String name, HealthCheck check) {}

    @Activate
    public HealthChecks() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(HealthCheck check, Map<String, Object> properties) {
        names.put(
                check,
                String.valueOf(properties.getOrDefault(
                        HealthCheck.NAME, check.getClass().getSimpleName())));
    }

    public void remove(HealthCheck check) {
        names.remove(check);
    }

    List<Named> list() {
        return names.entrySet().stream()
                .map(entry -> new Named(entry.getValue(), entry.getKey()))
                .sorted(Comparator.comparing(Named::name))
                .toList();
    }
}
