package net.shoal.ui.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.shoal.api.net.ListenFailure;
import net.shoal.api.node.Settings;
import net.shoal.api.transfer.StorageProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Why the node is not ready. The launcher asks, and knows it only as a {@link Supplier} of {@code failed|waiting TAB message TAB hint}, or
 * of an empty text.
 */
@Component(
        service = Supplier.class,
        property = {"shoal.node=diagnosis"})
public final class Diagnosis implements Supplier<String> {
    private static final String OURS = "net.shoal.";
    private static final String STORAGE = "net.shoal.engine:storage";

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Settings settings;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable ListenFailure listenFailure;

    @Activate
    public Diagnosis(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    @Override
    public String get() {
        return wrongSetting()
                .or(this::deaf)
                .or(this::failedComponent)
                .or(this::missingStorage)
                .or(this::waitingComponents)
                .orElse("");
    }

    private Optional<String> wrongSetting() {
        var known = settings;
        return known == null
                ? Optional.empty()
                : known.problems().stream()
                        .filter(problem -> problem.origin() == Settings.Origin.COMMAND_LINE)
                        .findFirst()
                        .map(problem -> verdict("failed", problem.message(), "correct it and start again"));
    }

    private Optional<String> deaf() {
        var failure = listenFailure;
        return failure == null ? Optional.empty() : Optional.of(verdict("failed", failure.message(), ""));
    }

    private Optional<String> failedComponent() {
        return configurations()
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .findFirst()
                .map(configuration -> verdict(
                        "failed",
                        rootMessage(configuration.failure),
                        "see the log for " + configuration.description.name));
    }

    /** The transfers are not loaded before the storage they have by default is there, which a plugin may provide. */
    private Optional<String> missingStorage() {
        var known = settings;
        return known == null
                ? Optional.empty()
                : known.find(STORAGE)
                        .map(Settings.Setting::value)
                        .filter(name -> !hasStorage(name))
                        .map(name -> verdict(
                                "waiting",
                                "the node is not ready: there is no storage named " + name,
                                "does a plugin provide it, and is it quarantined? `shoal run --storage "
                                        + StorageProvider.FILES + "` does without; then `plugins ls` tells"));
    }

    private boolean hasStorage(String name) {
        try {
            return context.getServiceReferences(StorageProvider.class, null).stream()
                    .anyMatch(reference -> name.equals(reference.getProperty(StorageProvider.NAME)));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> waitingComponents() {
        var waiting = configurations()
                .filter(configuration -> isNeeded(configuration.description))
                .filter(configuration -> configuration.unsatisfiedReferences.length > 0)
                .map(configuration -> configuration.description.name + " waits for " + missing(configuration))
                .toList();
        var unconfigured = components.getComponentDescriptionDTOs().stream()
                .filter(description -> description.name.startsWith(OURS))
                .filter(description ->
                        components.getComponentConfigurationDTOs(description).isEmpty())
                .map(description -> description.name + " waits for its configuration")
                .toList();
        var all = Stream.of(waiting, unconfigured).flatMap(List::stream).toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(verdict("waiting", "the node is not ready: " + String.join("; ", all), "see the log"));
    }

    private Stream<ComponentConfigurationDTO> configurations() {
        return components.getComponentDescriptionDTOs(context.getBundles()).stream()
                .filter(description -> description.name.startsWith(OURS))
                .flatMap(description -> components.getComponentConfigurationDTOs(description).stream());
    }

    private static boolean isNeeded(ComponentDescriptionDTO description) {
        return !Boolean.FALSE.equals(description.properties.get("shoal.needed"));
    }

    private static String missing(ComponentConfigurationDTO configuration) {
        return String.join(
                ", ",
                Arrays.stream(configuration.unsatisfiedReferences)
                        .map(Diagnosis::interfaceOf)
                        .toList());
    }

    private static String interfaceOf(UnsatisfiedReferenceDTO reference) {
        return reference.name;
    }

    /** The message of the innermost cause in a stack trace. */
    static String rootMessage(String trace) {
        var causes = trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .map(line -> line.substring("Caused by: ".length()))
                .toList();
        var line = causes.isEmpty() ? trace.lines().findFirst().orElse("") : causes.get(causes.size() - 1);
        return line.replaceFirst("^[\\w.$]+(Exception|Error): ", "");
    }

    private static String verdict(String kind, String message, String hint) {
        return kind + "\t" + message.replace('\t', ' ').replace('\n', ' ') + "\t" + hint;
    }
}
