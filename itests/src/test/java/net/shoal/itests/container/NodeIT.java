package net.shoal.itests.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import net.shoal.api.library.ShareLibrary;
import net.shoal.api.net.FrontDoor;
import net.shoal.api.node.Home;
import net.shoal.api.node.Settings;
import net.shoal.api.node.Settings.Setting;
import net.shoal.api.transfer.TransferEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

@InNode
@SuppressWarnings("NullAway.Init")
class NodeIT {
    private static final long RECOVERY_SECONDS = 20;
    private static final String LIVE = "net.shoal.engine:maxPeers";

    @Inject
    private BundleContext context;

    @Inject
    private ServiceComponentRuntime runtime;

    @Inject
    private Settings settings;

    @Inject
    private Home home;

    private Components components;

    @BeforeEach
    void theNodeIsUp() {
        components = new Components(runtime);
        awaitAllSatisfied();
    }

    @Test
    void hasWhatItIsThereFor() {
        for (var service : List.of(Settings.class, FrontDoor.class, TransferEngine.class, ShareLibrary.class)) {
            assertThat(context.getServiceReference(service))
                    .as(service.getName())
                    .isNotNull();
        }
        var door = context.getService(context.getServiceReference(FrontDoor.class));
        assertThat(door.addresses())
                .allSatisfy(address ->
                        assertThat(address.getAddress().isLoopbackAddress()).isTrue());
        assertThat(door.port()).isPositive();
    }

    @Test
    void bundlesComeBackOneByOne() throws BundleException {
        for (var bundle : ourBundles()) {
            bundle.stop();
            bundle.start();
            awaitAllSatisfied();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theWholeNodeStopsAndStartsInAnyOrder(long seed) throws BundleException {
        var random = new Random(seed);
        var bundles = new ArrayList<>(ourBundles());
        Collections.shuffle(bundles, random);
        for (var bundle : bundles) {
            bundle.stop();
        }
        assertThat(context.getServiceReference(TransferEngine.class)).isNull();
        Collections.shuffle(bundles, random);
        for (var bundle : bundles) {
            bundle.start();
        }
        awaitAllSatisfied();
        hasWhatItIsThereFor();
    }

    @Test
    void aLiveSettingRestartsNothing() {
        var before = components.ids();
        settings.set(LIVE, Optional.of("33"));
        try {
            assertThat(settings.find(LIVE)).get().extracting(Setting::value).isEqualTo("33");
            assertThat(home.root().resolve("etc/net.shoal.engine.cfg"))
                    .content()
                    .contains("33");
            assertThat(components.unsatisfied()).isEmpty();
            assertThat(components.ids()).isEqualTo(before);
        } finally {
            settings.set(LIVE, Optional.empty());
        }
    }

    @Test
    void aRefusedSettingLeavesTheRunningOne() {
        var before = settings.find(LIVE);
        assertThatThrownBy(() -> settings.set(LIVE, Optional.of("many"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(settings.find(LIVE)).isEqualTo(before);
        assertThat(components.unsatisfied()).isEmpty();
    }

    private void awaitAllSatisfied() {
        await().atMost(RECOVERY_SECONDS, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(components.unsatisfied()).isEmpty());
    }

    private List<Bundle> ourBundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName() != null
                        && bundle.getSymbolicName().startsWith("net.shoal."))
                .toList();
    }
}
