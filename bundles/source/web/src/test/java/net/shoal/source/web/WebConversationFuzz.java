package net.shoal.source.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.shoal.api.net.HttpUrl;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a web server sends, its asker hears of a head, of bytes and of an end in that order, and nothing is thrown. */
class WebConversationFuzz {
    private static final long SEED = 0x3eb;
    /** Characters that mean something there. */
    private static final String TELLING = ":;\r\n 09af/";

    private static final List<String> ANSWERS = List.of(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/10\r\nContent-Length: 10\r\n\r\n0123456789",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n3;x=y\r\nfgh\r\n0\r\nX: y\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 200 OK\r\n\r\nabc",
            "HTTP/1.1 206 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 206 OK\r\nContent-Length: 3\r\n\r\nabc");

    private static final class Asker implements WebConnection.Listener {
        boolean headed;
        boolean over;

        @Override
        public void onHead(HttpResponse head) {
            require(!headed && !over);
            headed = true;
        }

        @Override
        public void onBody(ByteBuf bytes) {
            require(headed && !over);
        }

        @Override
        public void onEnd() {
            require(headed && !over);
            over = true;
        }

        @Override
        public void onLost(String reason) {
            require(!reason.isBlank());
            over = true;
        }
    }

    @FuzzTest(maxDuration = "30s")
    void takesAnyAnswer(byte[] answer) {
        Cost.within(answer.length, () -> judge(answer));
    }

    private static void judge(byte[] answer) {
        var url = HttpUrl.of(URI.create("http://w.example/x"));
        var channel = new EmbeddedChannel();
        var connection = new WebConnection(channel, url);
        var asker = new Asker();
        connection.ask(url, 0, 10, true, asker);
        channel.writeInbound(Unpooled.copiedBuffer(answer));
        channel.checkException();
        if (asker.over) {
            connection.release();
        }
        channel.close();
        channel.runPendingTasks();
        require(asker.over);
        channel.finishAndReleaseAll();
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void takesMutatedAnswers() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(5_000); round++) {
            var bytes = ANSWERS.get(random.nextInt(ANSWERS.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? TELLING.charAt(random.nextInt(TELLING.length())) : random.nextInt());
            }
            judgeOrSayWhich(bytes);
        }
    }

    private void judgeOrSayWhich(byte[] bytes) {
        try {
            takesAnyAnswer(bytes);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }
}
