package net.shoal.source.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a server answers: what is taken is what was asked for, and nothing throws. */
class RangeReplyFuzz {
    private static final RangeReply.Asked ASKED = new RangeReply.Asked(1_000, 500, 2_000);

    private static final List<String> ANSWERS = List.of(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 1000-1499/2000\r\nContent-Length: 500\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\nContent-Encoding: identity\r\n\r\n",
            "HTTP/1.1 503 Busy\r\nRetry-After: Thu, 01 Jan 2026 00:10:00 GMT\r\n\r\n",
            "HTTP/1.0 429 Busy\r\nRetry-After: 120\r\n\r\n",
            "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/x\r\n\r\n");

    @FuzzTest
    void anyBytes(FuzzedDataProvider data) {
        judge(data.consumeRemainingAsBytes());
    }

    @Test
    void answersThatAreNearlyRight() {
        var random = new Random(20_26);
        for (int round = 0; round < Rounds.of(3_000); round++) {
            var bytes = ANSWERS.get(random.nextInt(ANSWERS.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) "0123456789-/*: \r\nbytes\0é".charAt(random.nextInt(23));
            }
            judge(bytes);
        }
    }

    private static void judge(byte[] bytes) {
        Cost.within(bytes.length, () -> read(bytes));
    }

    private static void read(byte[] bytes) {
        var channel = new EmbeddedChannel(new HttpClientCodec(4_096, 16_384, 65_536));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof HttpResponse head && head.decoderResult().isSuccess()) {
                judge(head);
            }
            ReferenceCountUtil.release(message);
        }
        channel.finishAndReleaseAll();
    }

    private static void judge(HttpResponse head) {
        var reply = RangeReply.of(head.status().code(), head.headers(), ASKED, Instant.EPOCH);
        if (reply instanceof RangeReply.Body body) {
            assertThat(body.take()).isBetween(1L, ASKED.length());
            assertThat(body.skip()).isIn(0L, ASKED.offset());
        } else if (reply instanceof RangeReply.Refused refused) {
            assertThat(refused.why().reason()).isNotBlank();
            refused.why().again().ifPresent(wait -> assertThat(wait)
                    .isBetween(RangeReply.SHORTEST_WAIT, RangeReply.LONGEST_WAIT));
        }
    }
}
