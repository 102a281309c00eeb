package net.shoal.secure.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import net.shoal.api.net.SecureChannel;
import net.shoal.api.net.SecureLayer.Need;
import net.shoal.api.net.SecureLayer.Sniff;
import net.shoal.api.net.SwarmDirectory;
import net.shoal.api.net.Target;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.wire.Handshake;
import org.junit.jupiter.api.Test;

class PlainLayerTest {
    private static final String HEADER = "\u0013BitTorrent protocol";

    private static final Target TARGET =
            Target.of(new Handshake(0, new Sha1Hash(1, 2, 3), new PeerId(new Sha1Hash(4, 5, 6))));

    private final PlainLayer layer = new PlainLayer();

    @Test
    void needsAllOfTheHeaderToDecide() {
        for (int length = 0; length < Handshake.HEADER_LENGTH; length++) {
            assertThat(sniff(HEADER.substring(0, length))).isEqualTo(Sniff.NEED_MORE);
        }
        assertThat(sniff(HEADER)).isEqualTo(Sniff.YES);
        assertThat(sniff(HEADER + "and more")).isEqualTo(Sniff.YES);
    }

    @Test
    void refusesAtTheFirstByteThatDiffers() {
        for (int at = 0; at < Handshake.HEADER_LENGTH; at++) {
            var changed = new StringBuilder(HEADER);
            changed.setCharAt(at, (char) (changed.charAt(at) ^ 0x80));
            assertThat(sniff(changed.substring(0, at + 1))).isEqualTo(Sniff.NO);
            assertThat(sniff(changed.toString())).isEqualTo(Sniff.NO);
        }
    }

    @Test
    void takesAnyBytesAndMovesNoIndex() {
        var random = new Random(19);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            var header = HEADER.getBytes(ISO_8859_1);
            System.arraycopy(header, 0, bytes, 0, Math.min(random.nextInt(header.length + 1), bytes.length));
            var buffer = Unpooled.wrappedBuffer(bytes);
            layer.sniff(buffer);
            assertThat(buffer.readerIndex()).isZero();
            assertThat(buffer.readableBytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void leavesTheChannelAsItIs() {
        var channel = new EmbeddedChannel();
        var accepted = layer.accept(channel, new NoSwarms(), Need.ANY)
                .toCompletableFuture()
                .join();
        var secured =
                layer.secure(channel, TARGET, Need.ANY).toCompletableFuture().join();
        assertThat(channel.pipeline().names()).hasSize(1);
        assertThat(accepted).isEqualTo(secured);
        assertThat(accepted.encrypted()).isFalse();
        assertThat(accepted.provenKey()).isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void doesNotPassForEncrypted() {
        var channel = new EmbeddedChannel();
        assertThat(layer.accept(channel, new NoSwarms(), Need.ENCRYPTED).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(layer.secure(channel, TARGET, Need.ENCRYPTED).toCompletableFuture())
                .isCompletedExceptionally();
        channel.finishAndReleaseAll();
    }

    private Sniff sniff(String text) {
        ByteBuf buffer = Unpooled.copiedBuffer(text, ISO_8859_1);
        try {
            return layer.sniff(buffer);
        } finally {
            buffer.release();
        }
    }

    private static final class NoSwarms implements SwarmDirectory {
        @Override
        public Collection<Sha1Hash> infoHashes() {
            return List.of();
        }

        @Override
        public boolean accept(SecureChannel channel, Handshake handshake) {
            return false;
        }
    }
}
