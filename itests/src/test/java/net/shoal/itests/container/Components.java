package net.shoal.itests.container;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The Declarative Services components of Shoal's bundles. */
record Components(ServiceComponentRuntime runtime) {
    /** What is wrong with them, one line a component; nothing when all are satisfied. */
    List<String> unsatisfied() {
        var troubles = new ArrayList<String>();
        for (var component : ours()) {
            var configurations = runtime.getComponentConfigurationDTOs(component);
            if (configurations.isEmpty()) {
                troubles.add(component.name + " has no configuration " + List.of(component.configurationPid));
            }
            configurations.stream()
                    .filter(configuration -> !isSatisfied(configuration))
                    .map(configuration -> component.name + " lacks "
                            + List.of(configuration.unsatisfiedReferences).stream()
                                    .map(reference -> reference.name + " " + reference.target)
                                    .toList()
                            + " " + (configuration.failure == null ? "" : configuration.failure))
                    .forEach(troubles::add);
        }
        return troubles;
    }

    /** By component name the number Declarative Services gave its configuration; a restart gives another. */
    Map<String, Long> ids() {
        return ours().stream()
                .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
                .collect(toMap(c -> c.description.name, c -> c.id, Math::max, TreeMap::new));
    }

    private List<ComponentDescriptionDTO> ours() {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter(component -> component.bundle.symbolicName.startsWith("net.shoal."))
                .toList();
    }

    private static boolean isSatisfied(ComponentConfigurationDTO configuration) {
        return configuration.state == ComponentConfigurationDTO.ACTIVE
                || configuration.state == ComponentConfigurationDTO.SATISFIED;
    }
}
