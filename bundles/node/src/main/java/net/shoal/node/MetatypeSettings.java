package net.shoal.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.shoal.api.node.Home;
import net.shoal.api.node.SettingRule;
import net.shoal.api.node.Settings;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of the components that are installed: follows the bundles and their Metatype documents, and the files. (Descriptions that
 * come as {@code MetaTypeProvider} services are left to those who make them.)
 */
@Component(service = Settings.class, immediate = true)
public final class MetatypeSettings implements Settings {
    private static final Logger LOG = LoggerFactory.getLogger(MetatypeSettings.class);
    private static final int WITH_CLASSES = Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private final EtcSettings settings;
    private final BundleTracker<Long> bundles;
    private final ScheduledExecutorService clock;

    @Activate
    public MetatypeSettings(
            BundleContext context,
            @Reference Home home,
            @Reference ConfigurationAdmin configurations,
            @Reference MetaTypeService metatype) {
        if (!"memory".equals(context.getProperty("felix.cm.pm"))) {
            LOG.warn(
                    "Framework property felix.cm.pm is not 'memory': components may start with the settings of the last run");
        }
        var given =
                Optional.ofNullable(context.getProperty(CommandLine.PROPERTY)).orElse("");
        settings = new EtcSettings(
                home.root().resolve("etc"), CommandLine.parse(given), new InConfigAdmin(configurations));
        bundles = new BundleTracker<>(context, WITH_CLASSES, new Described(metatype, settings));
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "shoal-settings");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Not in the constructor, which has no end when a service it was given goes meanwhile. */
    @Activate
    void activate() {
        bundles.open();
        var unused = clock.scheduleWithFixedDelay(
                this::refresh, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        clock.shutdownNow();
        clock.awaitTermination(5, TimeUnit.SECONDS);
        settings.close();
        bundles.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRule(SettingRule rule, Map<String, ?> properties) {
        settings.rules().add(rule, String.valueOf(properties.get(SettingRule.PID)));
    }

    void removeRule(SettingRule rule) {
        settings.rules().remove(rule);
    }

    private void refresh() {
        try {
            settings.refresh();
        } catch (RuntimeException e) {
            LOG.error("The settings could not be read again", e);
        }
    }

    @Override
    public List<Setting> list() {
        return settings.list();
    }

    @Override
    public Optional<Setting> find(String key) {
        return settings.find(key);
    }

    @Override
    public void set(String key, Optional<String> value) {
        settings.set(key, value);
    }

    @Override
    public List<Problem> problems() {
        return settings.problems();
    }

    private record Described(MetaTypeService metatype, EtcSettings settings) implements BundleTrackerCustomizer<Long> {
        @Override
        public @Nullable Long addingBundle(Bundle bundle, @Nullable BundleEvent event) {
            if (isFragment(bundle)
                    || bundle.findEntries(MetaTypeService.METATYPE_DOCUMENTS_LOCATION, "*", false) == null) {
                return null;
            }
            try {
                var information = metatype.getMetaTypeInformation(bundle);
                if (information != null) { // it is when everything stops
                    settings.described(bundle.getBundleId(), MetatypeReader.read(information));
                    return bundle.getBundleId();
                }
            } catch (RuntimeException e) {
                LOG.error("The settings of bundle {} cannot be read", bundle.getSymbolicName(), e);
            }
            return null;
        }

        @Override
        public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Long id) {}

        @Override
        public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Long id) {
            settings.gone(id);
        }

        private static boolean isFragment(Bundle bundle) {
            var revision = bundle.adapt(BundleRevision.class);
            return revision == null || (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        }
    }

    private record InConfigAdmin(ConfigurationAdmin configurations) implements Configurations {
        /** Whatever bundle asks for it may have it. */
        private static final String ANY_LOCATION = "?";

        @Override
        public void update(String pid, Map<String, Object> properties) throws IOException {
            configuration(pid).updateIfDifferent(FrameworkUtil.asDictionary(properties));
        }

        @Override
        public void delete(String pid) throws IOException {
            configuration(pid).delete();
        }

        private Configuration configuration(String pid) throws IOException {
            int tilde = pid.indexOf('~');
            return tilde < 0
                    ? configurations.getConfiguration(pid, ANY_LOCATION)
                    : configurations.getFactoryConfiguration(
                            pid.substring(0, tilde), pid.substring(tilde + 1), ANY_LOCATION);
        }
    }
}
