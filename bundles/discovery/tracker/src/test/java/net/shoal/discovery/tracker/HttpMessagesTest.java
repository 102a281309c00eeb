package net.shoal.discovery.tracker;

import static net.shoal.discovery.tracker.Samples.request;
import static net.shoal.discovery.tracker.Samples.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BencodeWriter;
import org.junit.jupiter.api.Test;

final class HttpMessagesTest {
    @Test
    void escapesEveryByteThatIsNotPlain() {
        assertThat(HttpMessages.announceTarget(url("http://t.example/x/announce?pass=1"), request(Event.STARTED)))
                .startsWith(
                        "/x/announce?pass=1&info_hash=%00%11%223DUfw%88%99%AA%BB%CC%DD%EE%FF%2B%20_~&peer_id=-SH0100-")
                .contains("&port=6881&uploaded=1&downloaded=2&left=3&compact=1&no_peer_id=1&numwant=50&key=0000cafe")
                .endsWith("&event=started")
                .doesNotContain("&ip");
        assertThat(HttpMessages.announceTarget(url("http://t.example"), request(Event.NONE)))
                .startsWith("/?info_hash=")
                .doesNotContain("event");
    }

    @Test
    void scrapesWhereAnnounceIsTheLastPart() {
        assertThat(url("http://t.example/x/announce.php?a=/b")
                        .scrape()
                        .orElseThrow()
                        .uri())
                .hasToString("http://t.example/x/scrape.php?a=/b");
        assertThat(url("http://t.example/a").scrape()).isEmpty();
        assertThat(url("http://t.example/announce/x").scrape()).isEmpty();
    }

    @Test
    void readsCompactPeersOfBothFamilies() throws TrackerFailure {
        var reply = HttpMessages.announceReply(body(BDict.builder()
                .put("interval", 1800)
                .put("min interval", 60)
                .put("complete", 4)
                .put("incomplete", 5)
                .put("tracker id", "abc")
                .put("warning message", "soon\u0000 closing")
                .put("peers", BString.of(new byte[] {10, 0, 0, 1, 0x1a, (byte) 0xe1, 10, 0, 0, 2, 0, 0, 1, 2, 3}))
                .put(
                        "peers6",
                        BString.of(new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 80}))
                .build()));
        assertThat(reply.peers()).hasToString("[10.0.0.1:6881, [2001:db8::1]:80]");
        assertThat(reply.interval()).isEqualTo(1800);
        assertThat(reply.minInterval()).isEqualTo(60);
        assertThat(reply.seeds()).hasValue(4);
        assertThat(reply.trackerId()).contains(BString.of("abc"));
        assertThat(reply.warning()).contains("soon closing");
    }

    @Test
    void readsListedPeersWithoutLookingNamesUp() throws TrackerFailure {
        var reply = HttpMessages.announceReply(body(BDict.builder()
                .put("interval", 1)
                .put(
                        "peers",
                        BList.of(
                                peer("10.0.0.1", 1),
                                peer("2001:db8::1", 2),
                                peer("evil.example", 3),
                                peer("127.1", 3),
                                peer("10.0.0.999", 3),
                                peer("10.0.0.2", 0),
                                peer("10.0.0.2", 65_536),
                                BString.of("10.0.0.3")))
                .build()));
        assertThat(reply.peers()).hasToString("[10.0.0.1:1, [2001:db8::1]:2]");
    }

    private static BDict peer(String ip, int port) {
        return BDict.builder().put("ip", ip).put("port", port).build();
    }

    @Test
    void keepsNoMoreThanSoManyPeers() throws TrackerFailure {
        var compact = new byte[6 * 10_000];
        new Random(1).nextBytes(compact);
        var reply = HttpMessages.announceReply(
                body(BDict.builder().put("peers", BString.of(compact)).build()));
        assertThat(reply.peers()).hasSize(CompactPeers.MAX_PEERS);
    }

    @Test
    void tellsARefusalFromGarbage() {
        assertThatThrownBy(() -> HttpMessages.announceReply(body(BDict.builder()
                        .put("failure reason", "unregistered torrent")
                        .put("retry in", "5")
                        .build())))
                .isInstanceOfSatisfying(TrackerFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(TrackerFailure.Kind.REFUSED);
                    assertThat(failure).hasMessage("unregistered torrent");
                });
        assertThatThrownBy(() -> HttpMessages.announceReply(ascii("<html>hello</html>")))
                .isInstanceOfSatisfying(TrackerFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(TrackerFailure.Kind.UNREACHABLE))
                .hasMessageStartingWith("answered with something that is not bencode");
        assertThatThrownBy(() -> HttpMessages.announceReply(ascii("de")))
                .hasMessage("answered with neither an interval nor peers");
    }

    @Test
    void heedsWhenATrackerWantsToHearOfUsAgain() {
        assertThat(retryIn(BDict.builder().put("retry in", 5))).contains(Duration.ofMinutes(5));
        assertThat(retryIn(BDict.builder().put("retry in", Long.MAX_VALUE))).contains(Duration.ofDays(1));
        assertThat(retryIn(BDict.builder().put("retry in", "never"))).contains(Duration.ofDays(1));
        assertThat(retryIn(BDict.builder().put("retry in", -1))).isEmpty();
    }

    private static java.util.Optional<Duration> retryIn(BDict.Builder reply) {
        return HttpMessages.refusal(body(reply.put("failure reason", "later").build()))
                .orElseThrow()
                .retryIn();
    }

    private static ByteBuffer body(BDict reply) {
        return ByteBuffer.wrap(BencodeWriter.write(reply));
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
