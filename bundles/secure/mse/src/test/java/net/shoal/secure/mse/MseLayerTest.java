package net.shoal.secure.mse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.shoal.api.net.RefusedException;
import net.shoal.api.net.SecureLayer.Need;
import net.shoal.api.net.SecureLayer.Sniff;
import net.shoal.api.net.Target;
import net.shoal.base.wire.Handshake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MseLayerTest {
    private static final String HEADER = "\u0013BitTorrent protocol";

    private final Random random = new Random(0xb17);

    @ParameterizedTest
    @CsvSource({
        "PLAINTEXT, ANY, PLAINTEXT, ANY, false",
        "PLAINTEXT, ANY, RC4, ANY, true",
        "RC4, ANY, PLAINTEXT, ANY, false",
        "PLAINTEXT, ENCRYPTED, PLAINTEXT, ANY, true",
        "PLAINTEXT, ANY, PLAINTEXT, ENCRYPTED, true",
        "PLAINTEXT, ENCRYPTED, PLAINTEXT, ENCRYPTED, true",
    })
    void bothSidesAgreeAndUnderstandEachOther(
            Method preferred, Need diallerNeeds, Method receiverPrefers, Need receiverNeeds, boolean encrypted) {
        for (int round = 0; round < 25; round++) {
            try (var two = new Two(
                    random,
                    Two.layer(preferred, random),
                    diallerNeeds,
                    Two.layer(receiverPrefers, random),
                    receiverNeeds)) {
                two.carry();
                assertThat(two.dialled).isCompletedWithValueMatching(made -> made.encrypted() == encrypted);
                assertThat(two.dialled.join().greeted()).isTrue();
                assertThat(two.received).isCompletedWithValueMatching(made -> made.encrypted() == encrypted);
                assertThat(two.dialler.config().isAutoRead()).isFalse();
                assertThat(two.receiver.config().isAutoRead()).isTrue();
                assertThat(two.atReceiver.bytes()).as("initial payload").isEqualTo(handshake());
                var up = random(random.nextInt(50_000));
                var down = random(random.nextInt(50_000));
                write(two.dialler, up);
                write(two.receiver, down);
                two.carry();
                assertThat(two.atReceiver.bytes()).isEqualTo(concat(handshake(), up));
                assertThat(two.atDialler.bytes()).isEqualTo(down);
            }
        }
    }

    @Test
    void nothingOfPlaintextStaysInThePipeline() {
        try (var two = two(Need.ANY, Need.ANY)) {
            two.carry();
            assertThat(two.dialler.pipeline().names()).hasSize(2);
            assertThat(two.receiver.pipeline().names()).hasSize(2);
        }
    }

    @Test
    void whatIsSharedWithOthersIsLeftAsItIs() {
        try (var two = two(Need.ENCRYPTED, Need.ANY)) {
            two.carry();
            var block = Unpooled.copiedBuffer("a block", ISO_8859_1);
            two.receiver.writeOutbound(block.retainedSlice());
            ByteBuf sent = two.receiver.readOutbound();
            assertThat(sent.toString(ISO_8859_1)).isNotEqualTo("a block");
            assertThat(block.toString(ISO_8859_1)).isEqualTo("a block");
            assertThat(block.refCnt()).isOne();
            sent.release();
            block.release();
        }
    }

    @Test
    void whoOffersOnlyWhatTheOtherMayNotTakeIsTurnedAway() {
        try (var two = new Two(
                random, Two.layer(Method.PLAINTEXT, random), Need.ANY, Two.layer(Method.RC4, random), Need.ENCRYPTED)) {
            // what a client that is set to plaintext only says
            var only = new Dialling(
                    Workers.of(Runnable::run), random, Target.of(Two.HANDSHAKE), List.of(Method.PLAINTEXT));
            two.dialler.pipeline().replace(Dialling.class, "only", only);
            discard(two.dialler, 1);
            two.carry();
            assertThatThrownBy(two.received::join).hasMessageContaining("it offers encryption 1");
        }
    }

    @Test
    void aPeerThatSpeaksPlainIsToldApart() {
        var channel = new EmbeddedChannel();
        var dialled = dial(channel);
        channel.writeInbound(Unpooled.copiedBuffer(HEADER, ISO_8859_1));
        assertThat(dialled).isCompletedExceptionally();
        assertThatThrownBy(dialled::join)
                .cause()
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("it speaks the plain protocol only");
        channel.finishAndReleaseAll();
    }

    @Test
    void aPeerThatHangsUpBeforeItHasAKeyMayNotKnowMse() {
        var channel = new EmbeddedChannel();
        var dialled = dial(channel);
        channel.close();
        assertThatThrownBy(dialled::join).cause().isExactlyInstanceOf(IOException.class);
        channel.finishAndReleaseAll();
    }

    @Test
    void aPeerThatHangsUpAfterwardsRefuses() {
        try (var two = two(Need.ANY, Need.ANY)) {
            discard(two.receiver, 0);
            ByteBuf opening = two.dialler.readOutbound();
            two.receiver.writeInbound(opening);
            ByteBuf key = two.receiver.readOutbound();
            two.dialler.writeInbound(key);
            two.dialler.close();
            assertThatThrownBy(two.dialled::join).cause().isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void aPeerThatIsSilentIsGivenUpSoon() {
        var channel = new EmbeddedChannel();
        var dialled = dial(channel);
        channel.advanceTimeBy(Dialling.KEY_SECONDS - 1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(dialled).isNotDone();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThatThrownBy(dialled::join).cause().isExactlyInstanceOf(IOException.class);
        channel.finishAndReleaseAll();
    }

    @Test
    void leavesPlainAndTlsToOthers() {
        for (int length = 0; length < Handshake.HEADER_LENGTH; length++) {
            assertThat(sniff(HEADER.substring(0, length))).isEqualTo(Sniff.NEED_MORE);
        }
        assertThat(sniff(HEADER)).isEqualTo(Sniff.NO);
        assertThat(sniff(HEADER.replace('p', 'q'))).isEqualTo(Sniff.YES);
        var hello = "\u0016\u0003\u0001\u0002\u0000\u0001";
        for (int length = 0; length < hello.length(); length++) {
            assertThat(sniff(hello.substring(0, length))).isEqualTo(Sniff.NEED_MORE);
        }
        assertThat(sniff(hello)).isEqualTo(Sniff.NO);
        assertThat(sniff("\u0016\u0003\u0001\u0002\u0000\u0002")).isEqualTo(Sniff.YES);
        assertThat(sniff("\u0016\u0003\u0001\u00ff")).isEqualTo(Sniff.NEED_MORE);
        assertThat(sniff("\u0016\u0003\u0001\u00ff\u00ff")).isEqualTo(Sniff.YES);
        assertThat(sniff("x")).isEqualTo(Sniff.YES);
    }

    private CompletableFuture<?> dial(EmbeddedChannel channel) {
        return Two.layer(Method.PLAINTEXT, random)
                .secure(channel, Target.of(Two.HANDSHAKE), Need.ANY)
                .toCompletableFuture();
    }

    private Two two(Need dialler, Need receiver) {
        return new Two(
                random, Two.layer(Method.PLAINTEXT, random), dialler, Two.layer(Method.PLAINTEXT, random), receiver);
    }

    private Sniff sniff(String text) {
        var buffer = Unpooled.copiedBuffer(text, ISO_8859_1);
        try {
            return Two.layer(Method.PLAINTEXT, random).sniff(buffer);
        } finally {
            buffer.release();
        }
    }

    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] handshake() {
        var out = ByteBuffer.allocate(Handshake.LENGTH);
        Two.HANDSHAKE.write(out);
        return out.array();
    }

    private static void write(EmbeddedChannel channel, byte[] bytes) {
        channel.writeOutbound(Unpooled.wrappedBuffer(bytes));
    }

    private static void discard(EmbeddedChannel channel, int messages) {
        for (int i = 0; i < messages; i++) {
            ByteBuf gone = channel.readOutbound();
            gone.release();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
