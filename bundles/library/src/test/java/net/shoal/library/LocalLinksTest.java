package net.shoal.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import net.shoal.api.library.LinkException;
import net.shoal.api.net.DownloadException;
import net.shoal.api.transfer.AddRequest.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalLinksTest {
    private static final String HEX = "0123456789abcdef0123456789abcdef01234567";
    private final LocalLinks links = new LocalLinks(
            (url, terms, to) -> {
                throw new DownloadException(url + " cannot be fetched: it is " + terms.kind(), "wait");
            },
            new PublishedNow());

    @AfterEach
    void stop() throws InterruptedException {
        links.deactivate();
    }

    private Source resolve(String link) throws Exception {
        return links.resolve(link).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void understandsMagnetLinksAndInfohashes() throws Exception {
        assertThat(resolve("  magnet:?xt=urn:btih:" + HEX + "\n")).isInstanceOf(Source.Magnet.class);
        var bare = (Source.Magnet) resolve(HEX.toUpperCase(Locale.ROOT));
        assertThat(bare.link().hashes().hex()).isEqualTo(HEX);
    }

    @Test
    void saysWhatIsNoLink() {
        assertThatThrownBy(() -> resolve("hello")).hasMessageContaining("no link");
        assertThatThrownBy(() -> resolve("magnet:?xt=urn:btih:12")).hasMessageContaining("infohash");
        assertThatThrownBy(() -> resolve("http://a b/c")).hasMessageContaining("no valid URL");
        assertThatThrownBy(() -> resolve("http://203.0.113.7/x.torrent"))
                .cause()
                .isInstanceOfSatisfying(
                        LinkException.class, e -> assertThat(e.hint()).isEqualTo("wait"))
                .hasMessage("http://203.0.113.7/x.torrent cannot be fetched: it is a .torrent");
    }

    @Test
    void whoPublishesIsNotFoundWithoutADht() {
        assertThatThrownBy(() -> resolve("magnet:?xs=urn:btpk:" + "ab".repeat(32)))
                .hasMessageContaining("DHT");
    }
}
