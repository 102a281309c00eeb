package net.shoal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import net.shoal.engine.limits.NodeLimits;
import net.shoal.engine.limits.SwarmLimits;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class LimitSettingsTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 5, 12, 0);

    private final NodeLimits limits = new NodeLimits(new SwarmLimits(1, 1, 1, 1 << 20, 1 << 20));
    private final LimitSettings settings = new LimitSettings(limits);

    @Test
    void connectionsFollowTheDescriptors() {
        assertThat(LimitSettings.byDefault(Long.MAX_VALUE)).isEqualTo(500);
        assertThat(LimitSettings.byDefault(692)).isEqualTo(500);
        assertThat(LimitSettings.byDefault(691)).isEqualTo(499);
        assertThat(LimitSettings.byDefault(256)).isEqualTo(64);
        assertThat(LimitSettings.byDefault(200)).isEqualTo(8);
        assertThat(LimitSettings.byDefault(0)).isEqualTo(8);
    }

    @Test
    void whatIsSetHolds() {
        settings.apply(config(Map.of("maxConnections", 7, "maxPeers", 5, "downLimit", 2048L, "writeCache", 8)));
        limits.keepTime(NOON);
        assertThat(limits.connections().limit()).isEqualTo(7);
        assertThat(limits.each().maxPeers()).isEqualTo(5);
        assertThat(limits.each().writeCacheBytes()).isEqualTo(8 << 20);
        assertThat(limits.down().rate()).isEqualTo(2048);
        assertThat(settings.refused()).isEmpty();
    }

    @Test
    void withoutANumberOfConnectionsThereIsOneAllTheSame() {
        settings.apply(config(Map.of()));
        assertThat(limits.connections().limit()).isBetween(8, 500);
    }

    @Test
    void aWrongNightLeavesTheRatesThatHold() {
        settings.apply(config(Map.of("downLimit", 2048L)));
        settings.apply(config(Map.of("downLimit", 9_999_999L, "nightFrom", "25:00", "nightTo", "7:00")));
        limits.keepTime(NOON);
        assertThat(limits.down().rate()).isEqualTo(2048);
        assertThat(settings.refused())
                .hasValueSatisfying(message -> assertThat(message).contains("25:00"));
        settings.apply(config(Map.of()));
        assertThat(settings.refused()).isEmpty();
    }

    @Test
    void theDoctorSaysWhatHoldsAndWhatWasRefused() {
        settings.apply(config(Map.of("downLimit", 2048L, "maxConnections", 1)));
        limits.keepTime(NOON);
        var check = new LimitsCheck(limits, settings);
        assertThat(check.execute().toString()).contains("2 KiB/s", "0 of 1 connections");
        assertThat(check.execute().getStatus()).isEqualTo(Result.Status.OK);
        settings.apply(config(Map.of("maxConnections", 1, "nightFrom", "25:00", "nightTo", "7:00")));
        assertThat(check.execute().getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(check.execute().toString()).contains("25:00");
    }

    @Test
    void theDoctorWarnsWhenAllConnectionsAreTaken() {
        settings.apply(config(Map.of("maxConnections", 1)));
        var share = limits.connections().new Share();
        assertThat(share.take()).isTrue();
        var result = new LimitsCheck(limits, settings).execute();
        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(result.toString()).contains("maxConnections", "ulimit");
    }

    @Test
    void hoursThatAreNoneAreRefusedBeforeTheyAreSaved() {
        var rule = new NightRule();
        rule.check(Map.of("nightFrom", "23:00"));
        rule.check(Map.of("nightFrom", "23:00", "nightTo", "7:00", "nightDays", new String[] {"fri", "sat"}));
        assertThatThrownBy(() -> rule.check(Map.of("nightFrom", "25:00", "nightTo", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("net.shoal.engine:nightFrom: '25:00' is no time of day; write one such as 23:00");
        assertThatThrownBy(() -> rule.check(Map.of("nightTo", "soon")))
                .hasMessageContaining("net.shoal.engine:nightTo: 'soon' is no time of day");
        assertThatThrownBy(() -> rule.check(Map.of("nightDays", new String[] {"someday"})))
                .hasMessageContaining("'someday' is no day of the week");
        assertThatThrownBy(() -> rule.check(Map.of("nightFrom", "7:00", "nightTo", "07:00")))
                .hasMessageContaining("set downLimit and upLimit");
    }

    /** As Declarative Services makes it: what is not given is the default. */
    private static EngineConfig config(Map<String, Object> given) {
        var values = new HashMap<String, Object>();
        for (var method : EngineConfig.class.getDeclaredMethods()) {
            if (method.getDefaultValue() != null) {
                values.put(method.getName(), method.getDefaultValue());
            }
        }
        values.putAll(given);
        return (EngineConfig) Proxy.newProxyInstance(
                EngineConfig.class.getClassLoader(), new Class<?>[] {EngineConfig.class}, (proxy, method, args) -> {
                    return values.get(method.getName());
                });
    }
}
