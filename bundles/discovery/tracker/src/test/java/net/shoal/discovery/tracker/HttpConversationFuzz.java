package net.shoal.discovery.tracker;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.shoal.api.net.HttpUrl;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a web server says to an announce: an answer within bounds, or a failure in words. Also what a torrent may have for a tracker's URL. */
class HttpConversationFuzz {
    private static final long SEED = 0x7ac;
    /** Characters that mean something there. */
    private static final String TELLING = "/:@[]%?\r\n 09af";

    private static final List<String> ANSWERS = List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nd5:peers0:ee",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nd5:pe\r\n7\r\ners0:ee\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n\u001f\u008b\b\0\0\0\0\0\0",
            "HTTP/1.1 302 Found\r\nLocation: http://x/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\nd");
    private static final List<String> URLS = List.of(
            "http://t.example/announce?key=1", "udp://[2001:db8::1]:6969/x", "https://t.example:443/a/announce.php");

    @FuzzTest(maxDuration = "30s")
    void takesAnyAnswer(byte[] answer) {
        Cost.within(answer.length, () -> judge(answer));
    }

    private static void judge(byte[] answer) {
        var channel = new Near();
        var fetch = new HttpFetch(
                (url, addresses, loop) -> CompletableFuture.completedFuture(channel), channel.eventLoop());
        var got = fetch.get(
                        HttpUrl.of(URI.create("http://t.example/announce")),
                        List.of(Samples.address("203.0.113.1")),
                        1_000)
                .toCompletableFuture();
        channel.runPendingTasks();
        if (channel.isOpen()) {
            channel.writeInbound(Unpooled.copiedBuffer(answer));
        }
        channel.runPendingTasks();
        channel.checkException();
        channel.finishAndReleaseAll();
        require(got.isDone());
        got.whenComplete((done, problem) -> {
            if (problem == null) {
                require(done.body().remaining() <= HttpFetch.MAX_BODY);
            } else {
                require(!TrackerFailure.of(problem).reason().isBlank());
            }
        });
    }

    @FuzzTest(maxDuration = "15s")
    void takesAnyUrl(byte[] text) {
        Cost.within(text.length, () -> {
            try {
                var url = TrackerUrl.of(URI.create(new String(text, StandardCharsets.UTF_8)));
                require(url.port() > 0 && url.port() <= 65_535);
                require(url.shown().chars().noneMatch(c -> c < ' ' || c == 0x7f));
                url.scrape().ifPresent(scrape -> require(scrape.host().equals(url.host())));
            } catch (IllegalArgumentException e) {
                require(!String.valueOf(e.getMessage()).isBlank());
            }
        });
    }

    /** A connection to somebody. */
    private static final class Near extends EmbeddedChannel {
        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(Samples.address("203.0.113.1"), 80);
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void takesMutatedAnswers() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(3_000); round++) {
            takesAnyAnswer(mutated(ANSWERS.get(random.nextInt(ANSWERS.size())), random));
        }
    }

    @Test
    void takesMutatedUrls() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(20_000); round++) {
            takesAnyUrl(mutated(URLS.get(random.nextInt(URLS.size())), random));
        }
    }

    private static byte[] mutated(String text, Random random) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? TELLING.charAt(random.nextInt(TELLING.length())) : random.nextInt());
        }
        return bytes;
    }
}
