package net.shoal.ui.rpc.qbittorrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppTest {
    @TempDir
    Path folder;

    private FakeNode node;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeNode(folder);
    }

    @Test
    void showsWhatSonarrLooksAt() throws Exception {
        assertThat(node.object("app/preferences"))
                .containsEntry("save_path", "/downloads")
                .containsEntry("max_ratio_enabled", false)
                .containsEntry("max_seeding_time_enabled", false)
                .containsEntry("max_inactive_seeding_time_enabled", false)
                .containsEntry("max_ratio_act", 0L)
                .containsEntry("queueing_enabled", true)
                .containsEntry("dht", true)
                .containsEntry("listen_port", 7L);
        node.settings.values.put("net.shoal.engine:seedRatio", "1.5");
        node.settings.values.put("net.shoal.engine:downLimit", "2MiB");
        assertThat(node.object("app/preferences"))
                .containsEntry("max_ratio_enabled", true)
                .containsEntry("max_ratio", 1.5)
                .containsEntry("dl_limit", 2L << 20);
    }

    @Test
    void setsWhatHasACounterpart() throws Exception {
        node.ask(
                "app/setPreferences",
                "json",
                "{\"dl_limit\":1000,\"max_active_downloads\":-1,\"max_ratio\":2,\"save_path\":\"/there\",\"locale\":\"de\"}");
        assertThat(node.settings.values)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "net.shoal.engine:downLimit", "1000",
                        "net.shoal.engine:maxActiveDownloads", "0",
                        "net.shoal.engine:seedRatio", "2.0",
                        "net.shoal.ui.rest:downloads", "/there"));
        node.ask("app/setPreferences", "json", "{\"max_ratio_enabled\":false}");
        assertThat(node.settings.values).containsEntry("net.shoal.engine:seedRatio", "0");
        assertThatThrownBy(() -> node.ask("app/setPreferences", "json", "[")).isInstanceOf(ApiException.class);
    }

    @Test
    void limitsAllTransfersTogether() throws Exception {
        node.ask("transfer/setUploadLimit", "limit", "700");
        assertThat(node.ask("transfer/uploadLimit")).isEqualTo("700");
        assertThat(node.ask("transfer/downloadLimit")).isEqualTo("0");
        assertThat(node.object("transfer/info")).containsEntry("up_rate_limit", 700L);
        assertThat(node.ask("transfer/speedLimitsMode")).isEqualTo("0");
        assertThatThrownBy(() -> node.ask("transfer/toggleSpeedLimitsMode"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(409));
    }

    @Test
    void behavesLikeAVersionThatIsNewEnough() throws Exception {
        assertThat(node.ask("app/webapiVersion")).isEqualTo("2.9.3");
        assertThat(node.ask("app/version")).startsWith("v4.6");
        assertThat(node.object("app/buildInfo")).containsKeys("qt", "libtorrent", "bitness");
        assertThat(node.ask("app/defaultSavePath")).isEqualTo("/downloads");
    }

    @Test
    void readsWhatTrackersSaid() throws Exception {
        var alpha = node.engine.with(FakeTransfer.of('a', "alpha"));
        alpha.discovery = List.of(
                new DiscoveryStatus("tracker", "http://one.example/", "works, named 3 peers", Optional.empty()),
                new DiscoveryStatus("tracker", "http://two.example/", "failed: no", Optional.empty()),
                new DiscoveryStatus("tracker", "http://three.example/", "x", Optional.of("now")),
                new DiscoveryStatus("dht", "", "works", Optional.empty()));
        assertThat(node.column("status", "torrents/trackers", "hash", alpha.id()))
                .containsExactly(0L, 2L, 0L, 2L, 4L, 3L);
    }

    @Test
    void readsFormsAsProgramsWriteThem() throws Exception {
        assertThat(Form.pairs("hashes=a%7Cb&value=True&empty=&flag&plus=a+b"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("hashes", "a|b", "value", "True", "empty", "", "flag", "", "plus", "a b"));
        assertThat(Form.pairs(null)).isEmpty();
        assertThatThrownBy(() -> Form.pairs("a=%zz")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> Form.pairs("a&".repeat(2_000))).isInstanceOf(ApiException.class);
    }
}
