package net.shoal.ui.rpc.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.shoal.base.command.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSettingsTest {
    private static final String ENGINE = SessionSettings.ENGINE;

    @TempDir
    Path folder;

    private FakeNode node;

    @BeforeEach
    void begin() {
        node = new FakeNode(folder);
    }

    private Map<?, ?> session() throws InterruptedException {
        return node.arguments("{'method':'session-get'}");
    }

    private String set(String arguments) throws InterruptedException {
        return node.result("{'method':'session-set','arguments':{" + arguments + "}}");
    }

    private String setting(String key) {
        return node.settings.values.get(key);
    }

    @Test
    void settingsAreToldByTheNamesOfTransmission() throws Exception {
        var session = session();
        assertThat(session.get("version")).isEqualTo("4.0.6 (Shoal 1.2)");
        assertThat(session.get("rpc-version")).isEqualTo(17L);
        assertThat(session.get("download-dir")).isEqualTo("/downloads");
        assertThat(session.get("speed-limit-down-enabled")).isEqualTo(false);
        assertThat(session.get("speed-limit-up-enabled")).isEqualTo(true);
        assertThat(session.get("speed-limit-up")).isEqualTo(524L);
        assertThat(session.get("seedRatioLimit")).isEqualTo(2.0);
        assertThat(session.get("seedRatioLimited")).isEqualTo(false);
        assertThat(session.get("download-queue-size")).isEqualTo(5L);
        assertThat(session.get("peer-port")).isEqualTo(7716L);
        assertThat(session.get("encryption")).isEqualTo("preferred");
        assertThat(session.get("dht-enabled")).isEqualTo(true);
        assertThat(session.get("alt-speed-time-day")).isEqualTo(127L);
        assertThat(node.arguments("{'method':'session-get','arguments':{'fields':['version']}}")
                        .toString())
                .isEqualTo("{version=4.0.6 (Shoal 1.2)}");
    }

    @Test
    void whatIsTakenBackChangesNothing() throws Exception {
        var before = Map.copyOf(node.settings.values);
        var all = new HashMap<>(session());
        all.remove("speed-limit-up"); // 512 KiB are no whole kilobytes
        var json = Json.write(Map.of("method", "session-set", "arguments", all));
        assertThat(node.ask(json).get("result")).isEqualTo("success");
        var changed = new HashMap<>(node.settings.values);
        changed.entrySet().removeAll(before.entrySet());
        assertThat(changed).isEmpty();
    }

    @Test
    void aLimitHoldsOrIsRemembered() throws Exception {
        assertThat(set("'speed-limit-down':250")).isEqualTo("success");
        assertThat(setting(ENGINE + "downLimit")).isEqualTo("0");
        assertThat(session().get("speed-limit-down")).isEqualTo(250L);
        assertThat(set("'speed-limit-down-enabled':true")).isEqualTo("success");
        assertThat(setting(ENGINE + "downLimit")).isEqualTo("250000");
        assertThat(set("'speed-limit-down-enabled':false,'seedRatioLimit':1.5,'seedRatioLimited':true"))
                .isEqualTo("success");
        assertThat(setting(ENGINE + "downLimit")).isEqualTo("0");
        assertThat(setting(ENGINE + "seedRatio")).isEqualTo("1.5");
        assertThat(session().get("speed-limit-down")).isEqualTo(250L);
        assertThat(set("'speed-limit-down':0,'speed-limit-down-enabled':true")).contains("more than 0");
    }

    @Test
    void alternativeSpeedsAreThoseOfTheNight() throws Exception {
        assertThat(
                        set(
                                "'alt-speed-down':20,'alt-speed-time-begin':1380,'alt-speed-time-end':420,'alt-speed-time-day':96"))
                .isEqualTo("success");
        assertThat(setting(ENGINE + "nightDownLimit")).isEqualTo("20000");
        assertThat(setting(ENGINE + "nightFrom")).isEmpty();
        assertThat(session().get("alt-speed-time-begin")).isEqualTo(1380L);
        assertThat(set("'alt-speed-time-enabled':true")).isEqualTo("success");
        assertThat(setting(ENGINE + "nightFrom")).isEqualTo("23:00");
        assertThat(setting(ENGINE + "nightTo")).isEqualTo("07:00");
        assertThat(setting(ENGINE + "nightDays")).isEqualTo("fri, sat");
        assertThat(session().get("alt-speed-time-day")).isEqualTo(96L);
        assertThat(set("'alt-speed-time-enabled':false")).isEqualTo("success");
        assertThat(setting(ENGINE + "nightFrom")).isEmpty();
        assertThat(setting(ENGINE + "nightTo")).isEmpty();
        assertThat(session().get("alt-speed-time-end")).isEqualTo(420L);
    }

    @Test
    void theOthersGoToTheSettingsThatMeanTheSame() throws Exception {
        assertThat(set("'download-dir':'/media','peer-limit-per-torrent':60,'dht-enabled':false,'peer-port':7000,"
                        + "'encryption':'required'"))
                .isEqualTo("success");
        assertThat(setting("net.shoal.ui.rest:downloads")).isEqualTo("/media");
        assertThat(setting(ENGINE + "maxPeers")).isEqualTo("60");
        assertThat(setting("net.shoal.discovery.dht:enabled")).isEqualTo("false");
        assertThat(setting("net.shoal.net:listen")).isEqualTo("127.0.0.1:7000, [::1]:7000");
        assertThat(setting("net.shoal.net:security")).isEqualTo("mse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'alt-speed-enabled':true",
                "'blocklist-enabled':true",
                "'incomplete-dir-enabled':true",
                "'port-forwarding-enabled':true",
                "'script-torrent-done-enabled':true,'script-torrent-done-filename':'/bin/sh'",
                "'start-added-torrents':false",
                "'trash-original-torrent-files':true",
                "'utp-enabled':true",
                "'pex-enabled':false",
                "'download-dir':'media'",
                "'encryption':'none'",
                "'peer-port':70000",
                "'speed-limit-down':-1",
                "'peer-limit-global':99999",
                "'alt-speed-time-enabled':true,'alt-speed-time-begin':60,'alt-speed-time-end':60"
            })
    void whatANodeCannotBeIsRefusedInWords(String arguments) throws Exception {
        var before = Map.copyOf(node.settings.values);
        assertThat(set(arguments)).isNotEqualTo("success").doesNotContain("Exception", "mistake");
        assertThat(node.settings.values).isEqualTo(before);
    }
}
