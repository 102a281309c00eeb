package net.shoal.plugins;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** How the Declarative Services components of one bundle are. */
record ComponentWatch(ServiceComponentRuntime runtime, Bundle bundle) {
    private Collection<ComponentDescriptionDTO> descriptions() {
        return runtime.getComponentDescriptionDTOs(bundle);
    }

    private Stream<ComponentConfigurationDTO> configurations() {
        return descriptions().stream()
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream());
    }

    /** False while one is on its way up. */
    boolean isSettled() {
        return configurations()
                .noneMatch(configuration -> configuration.description.immediate
                        && configuration.state == ComponentConfigurationDTO.SATISFIED);
    }

    /** True if one waits for settings, which come from elsewhere. */
    boolean waitsForSettings() {
        return descriptions().stream()
                .filter(description -> "require".equals(description.configurationPolicy))
                .anyMatch(description -> runtime.getComponentConfigurationDTOs(description).stream()
                        .allMatch(configuration ->
                                configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION));
    }

    Optional<String> failure() {
        return configurations()
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .findFirst()
                .map(configuration -> "its component " + configuration.description.name + " does not start: "
                        + Failures.innermost(String.valueOf(configuration.failure)));
    }

    List<String> waiting() {
        var waiting = new ArrayList<String>();
        configurations()
                .filter(configuration -> configuration.unsatisfiedReferences != null)
                .forEach(configuration -> Arrays.stream(configuration.unsatisfiedReferences)
                        .map(reference -> "its component " + configuration.description.name + " waits for a service: "
                                + interfaceOf(configuration.description, reference.name))
                        .forEach(waiting::add));
        if (waitsForSettings()) {
            waiting.add("a component of it waits for its settings");
        }
        return waiting;
    }

    private static String interfaceOf(ComponentDescriptionDTO description, String reference) {
        return Arrays.stream(description.references)
                .filter(candidate -> candidate.name.equals(reference))
                .map(candidate -> candidate.interfaceName)
                .findFirst()
                .orElse(reference);
    }
}
