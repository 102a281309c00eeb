package net.shoal.source.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import java.time.Duration;
import java.time.Instant;
import net.shoal.api.transfer.SourceException.Kind;
import net.shoal.source.web.RangeReply.Asked;
import net.shoal.source.web.RangeReply.Body;
import net.shoal.source.web.RangeReply.Moved;
import net.shoal.source.web.RangeReply.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RangeReplyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Asked PART = new Asked(1_000, 500, 10_000_000);

    private static RangeReply reply(int status, Asked asked, String... headers) {
        var all =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return RangeReply.of(status, all, asked, NOW);
    }

    private static void assertRefused(RangeReply reply, Kind kind, String words) {
        assertThat(reply).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.why().kind()).isEqualTo(kind);
            assertThat(refused.why().reason()).contains(words);
        });
    }

    @Test
    void takesTheVeryPartThatItAskedFor() {
        assertThat(reply(206, PART, "Content-Range", "bytes 1000-1499/10000000"))
                .isEqualTo(new Body(0, 500));
        assertThat(reply(206, PART, "Content-Range", "bytes 1000-1499/*")).isEqualTo(new Body(0, 500));
        assertThat(reply(206, PART, "Content-Range", "bytes 1000-1099/*")).isEqualTo(new Body(0, 100));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 0-499/10000000",
        "bytes 1000-1500/10000000",
        "bytes 1001-1499/10000000",
        "bytes 1000-999/10000000",
        "bytes 1000-1499",
        "bytes */10000000",
        "bytes 1000-1499/",
        "items 1000-1499/10000000",
        "bytes 99999999999999999999-99999999999999999999/*",
        "bytes -5-1499/10000000",
        "''",
    })
    void takesNoOther(String range) {
        assertRefused(reply(206, PART, "Content-Range", range), Kind.NEVER, "part of the file");
    }

    @Test
    void noticesAFileOfAnotherLength() {
        assertRefused(
                reply(206, PART, "Content-Range", "bytes 1000-1499/9999999"),
                Kind.NOT_THIS_FILE,
                "has a file of 9999999 bytes where the torrent has one of 10000000");
        assertRefused(
                reply(200, new Asked(0, 500, 500), "Content-Length", "501"), Kind.NOT_THIS_FILE, "a file of 501 bytes");
        assertRefused(reply(416, PART), Kind.NOT_THIS_FILE, "shorter");
    }

    @Test
    void takesAWholeFileWhereThatIsNoWaste() {
        assertThat(reply(200, new Asked(0, 500, 500))).isEqualTo(new Body(0, 500));
        assertThat(reply(200, new Asked(0, 10_000_000, 10_000_000), "Content-Length", "10000000"))
                .isEqualTo(new Body(0, 10_000_000));
        assertThat(reply(200, new Asked(100, 50, 1_000_000))).isEqualTo(new Body(100, 50));
        assertRefused(reply(200, PART), Kind.NOT_THIS_FILE, "does not send parts of files");
    }

    @Test
    void takesNothingThatIsEncodedOrInSeveralParts() {
        var range = "bytes 1000-1499/10000000";
        assertRefused(reply(206, PART, "Content-Range", range, "Content-Encoding", "gzip"), Kind.NEVER, "compressed");
        assertRefused(reply(200, new Asked(0, 5, 5), "Content-Encoding", "br"), Kind.NEVER, "compressed");
        assertRefused(
                reply(206, PART, "Content-Type", "multipart/byteranges; boundary=x"), Kind.NEVER, "several parts");
        assertThat(reply(206, PART, "Content-Range", range, "Content-Encoding", "Identity"))
                .isEqualTo(new Body(0, 500));
        assertRefused(
                reply(206, PART, "Content-Range", range, "Content-Length", "499"), Kind.NEVER, "contradicts itself");
    }

    @Test
    void comesBackWhenItIsToldTo() {
        assertThat(wait(503, "120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(wait(429, "0")).isEqualTo(Duration.ofSeconds(5));
        assertThat(wait(503, "999999999")).isEqualTo(Duration.ofHours(1));
        assertThat(wait(503, "Thu, 01 Jan 2026 00:10:00 GMT")).isEqualTo(Duration.ofMinutes(10));
        assertThat(wait(503, "Wed, 31 Dec 2025 00:10:00 GMT")).isEqualTo(Duration.ofSeconds(5));
        assertThat(wait(503, "soon")).isNull();
        assertThat(wait(503, "-5")).isNull();
        assertThat(wait(503, "99999999999999999999")).isNull();
    }

    private static Duration wait(int status, String text) {
        var refused = (Refused) reply(status, PART, "Retry-After", text);
        assertThat(refused.why().kind()).isEqualTo(Kind.NOT_NOW);
        return refused.why().again().orElse(null);
    }

    @Test
    void knowsWhatConcernsOneFileAndWhatAll() {
        assertRefused(reply(404, PART), Kind.NOT_THIS_FILE, "answers 404 Not Found");
        assertRefused(reply(403, PART), Kind.NOT_THIS_FILE, "403");
        assertRefused(reply(410, PART), Kind.NOT_THIS_FILE, "410");
        assertRefused(reply(500, PART), Kind.NOT_NOW, "500");
        assertRefused(reply(204, PART), Kind.NOT_NOW, "204");
        assertRefused(reply(304, PART), Kind.NOT_NOW, "304");
        assertThat(reply(308, PART, "Location", "/x")).isEqualTo(new Moved("/x"));
        assertRefused(reply(302, PART), Kind.NOT_NOW, "redirects to nowhere");
    }
}
