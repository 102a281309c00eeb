package net.shoal.ui.rpc.transmission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodsTest {
    @TempDir
    Path folder;

    private FakeNode node;

    @BeforeEach
    void begin() {
        node = new FakeNode(folder);
    }

    @Test
    void theTagComesBackAlsoWithWhatFails() throws Exception {
        assertThat(node.ask("{'method':'session-stats','tag':7}").get("tag")).isEqualTo(7L);
        assertThat(node.ask("{'method':'nonsense','tag':8}"))
                .isEqualTo(Map.of("result", "there is no method nonsense", "arguments", Map.of(), "tag", 8L));
        assertThat(node.ask("{'method':'session-stats'}")).doesNotContainKey("tag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{'method':1}",
                "{'method':'torrent-get','arguments':[]}",
                "{'method':'session-stats'} {}",
                "{'method':'torrent-get','arguments':{'fields':{}}}",
                "{'method':'torrent-stop','arguments':{'ids':1e400}}"
            })
    void whatIsNoRequestIsSaidSo(String json) throws Exception {
        assertThat(node.result(json)).isNotEqualTo("success").doesNotContain("Exception", "mistake");
    }

    @Test
    void aRequestOfMoreValuesThanAnybodyNeedsIsNotEvenRead() throws Exception {
        assertThat(node.result("[".repeat(1_100_000))).contains("more than 1000000 values");
        assertThat(node.result("[".repeat(1_000))).doesNotContain("mistake");
    }

    @ParameterizedTest
    @ValueSource(strings = {"torrent-reannounce", "port-test", "blocklist-update", "session-close", "group-set"})
    void whatANodeDoesNotDoIsSaidInASentence(String method) throws Exception {
        assertThat(node.result("{'method':'" + method + "'}")).matches("[a-z].{20,}");
    }

    @Test
    void theSessionIsSummedUp() throws Exception {
        node.transfer('a', "photos").downloaded = 70;
        node.transfer('b', "music").downloaded = 30;
        var stats = node.arguments("{'method':'session-stats'}");
        assertThat(stats.get("torrentCount")).isEqualTo(2L);
        assertThat(stats.get("activeTorrentCount")).isEqualTo(2L);
        assertThat(((Map<?, ?>) stats.get("current-stats")).get("downloadedBytes"))
                .isEqualTo(100L);
        assertThat(((Map<?, ?>) stats.get("current-stats")).get("secondsActive"))
                .isEqualTo(60L);
    }
}
