package net.shoal.base.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireReaderTest {
    @Test
    void readsEveryMessageAsItWasWritten() {
        var sent = Messages.ofEveryKind();
        var heard = RecordingSink.hear(Messages.encode(sent));
        var expected = new ArrayList<String>();
        for (var message : sent) {
            if (message instanceof Message.Piece) {
                expected.add("begin 2 32768 100");
                expected.add("end 2 32768 "
                        + HexFormat.of().formatHex(Messages.bytes(100).array()));
            } else {
                var single = new RecordingSink();
                single.onMessage(message);
                expected.addAll(single.heard);
            }
        }
        assertThat(heard).isEqualTo(expected);
    }

    @Test
    void doesNotCareWhereTheInputIsCut() {
        var input = Messages.encode(Messages.ofEveryKind());
        var whole = RecordingSink.hear(input);
        for (int cut = 0; cut <= input.length; cut++) {
            assertThat(RecordingSink.hear(input, cut)).isEqualTo(whole);
        }
        assertThat(RecordingSink.hear(
                        input, IntStream.range(0, input.length).map(i -> 1).toArray()))
                .isEqualTo(whole);
    }

    @Test
    void doesNotCareWhereTheInputIsCutTwiceAroundEachMessage() {
        for (var message : Messages.ofEveryKind()) {
            var input = Messages.encode(List.of(message, Message.CHOKE));
            var whole = RecordingSink.hear(input);
            for (int first = 0; first <= input.length; first++) {
                for (int second = 0; first + second <= input.length; second++) {
                    assertThat(RecordingSink.hear(input, first, second)).isEqualTo(whole);
                }
            }
        }
    }

    @Test
    void theRestOfABlockCanBePutWhereItBelongs() throws Exception {
        var input = Messages.encode(Messages.ofEveryKind());
        var whole = RecordingSink.hear(input);
        for (int cut = 0; cut <= input.length; cut++) {
            var sink = new RecordingSink();
            var reader = new WireReader();
            reader.read(ByteBuffer.wrap(input, 0, cut), sink);
            int at = cut;
            var rest = reader.rest();
            while (rest != null) { // in two parts
                int part = (rest.remaining() + 1) / 2;
                rest.put(input, at, part);
                at += part;
                reader.filled(part, sink);
                rest = reader.rest();
            }
            reader.read(ByteBuffer.wrap(input, at, input.length - at), sink);
            assertThat(sink.heard).isEqualTo(whole);
        }
    }

    @Test
    void noMoreIsPutIntoABlockThanItHasRoomFor() throws Exception {
        var input = Messages.encode(List.of(new Message.Piece(2, 0, Messages.bytes(100))));
        var sink = new RecordingSink();
        var reader = new WireReader();
        reader.read(ByteBuffer.wrap(input, 0, input.length - 10), sink);
        assertThatThrownBy(() -> reader.filled(11, sink)).isInstanceOf(IllegalArgumentException.class);
        reader.stop();
        assertThat(reader.rest()).isNull();
        reader.filled(10, sink);
        assertThat(sink.heard).containsExactly("begin 2 0 100");
    }

    @Test
    void skipsBlocksNobodyWants() {
        var input = Messages.encode(List.of(new Message.Piece(1, 0, Messages.bytes(40)), new Message.Have(3)));
        assertThat(RecordingSink.hear(input)).containsExactly("begin 1 0 40", "Have[piece=3]");
        assertThat(RecordingSink.hear(input, 20, 5)).containsExactly("begin 1 0 40", "Have[piece=3]");
    }

    @Test
    void skipsMessagesItDoesNotKnow() {
        assertThat(RecordingSink.hear(HexFormat.of().parseHex("00000004ff01020300000001" + "c8" + "0000000101")))
                .containsExactly("Unknown[id=255, length=3]", "Unknown[id=200, length=0]", "Unchoke[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000200",
                "0000000204",
                "0000000604",
                "000000010d",
                "0000000206",
                "0000000109",
                "000000020e",
                "0000000105",
                "0000000114",
                "0000000907",
                "0002000a07",
                "0000003015",
                "0000003216",
                "0000003017"
            })
    void refusesMessagesOfTheWrongSize(String hex) {
        assertThat(RecordingSink.hear(HexFormat.of().parseHex(hex)))
                .singleElement()
                .asString()
                .matches("error message \\d+ cannot have \\d+ bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00100001", "7fffffff", "80000000", "ffffffff"})
    void refusesMessagesThatAreTooLong(String hex) {
        assertThat(RecordingSink.hear(HexFormat.of().parseHex(hex)))
                .singleElement()
                .asString()
                .startsWith("error message of ")
                .endsWith(" bytes, over 1048576");
    }

    @Test
    void takesLongerMessagesWhereAskedTo() throws ProtocolException {
        var bitfield = new Message.BitfieldBytes(ByteBuffer.allocate(WireReader.MAX_MESSAGE));
        var input = Messages.encode(List.of(bitfield));
        var sizes = new ArrayList<Integer>();
        var reader = new WireReader(WireReader.MAX_MESSAGE + 1);
        var sink = new StoppingSink(reader) {
            @Override
            public void onMessage(Message message) {
                sizes.add(((Message.BitfieldBytes) message).bytes().remaining());
            }
        };
        reader.read(ByteBuffer.wrap(input, 0, 1000), sink);
        reader.read(ByteBuffer.wrap(input, 1000, input.length - 1000), sink);
        assertThat(sizes).containsExactly(WireReader.MAX_MESSAGE);
        assertThatThrownBy(() -> new WireReader(1000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysNothingAfterAnError() throws ProtocolException {
        var sink = new RecordingSink();
        var reader = new WireReader();
        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(new byte[] {-1, 0, 0, 0}), sink))
                .isInstanceOf(ProtocolException.class);
        var more = ByteBuffer.wrap(new byte[] {0, 0, 0, 0});
        reader.read(more, sink);
        assertThat(sink.heard).isEmpty();
        assertThat(more.hasRemaining()).isFalse();
    }

    @Test
    void aSinkMayStopTheReader() throws ProtocolException {
        var reader = new WireReader();
        var sink = new StoppingSink(reader);
        reader.read(ByteBuffer.wrap(Messages.encode(List.of(Message.CHOKE, Message.UNCHOKE))), sink);
        assertThat(sink.messages).isEqualTo(1);

        var second = new WireReader();
        var blocks = new StoppingSink(second);
        second.read(ByteBuffer.wrap(Messages.encode(List.of(new Message.Piece(0, 0, Messages.bytes(9))))), blocks);
        assertThat(blocks.blocks).isEqualTo(1);
        assertThat(blocks.ended).isZero();
    }

    @Test
    void knowsWhetherItIsBetweenMessages() throws ProtocolException {
        var reader = new WireReader();
        var input = Messages.encode(List.of(new Message.Have(1)));
        assertThat(reader.isBetweenMessages()).isTrue();
        for (int i = 0; i < input.length; i++) {
            reader.read(ByteBuffer.wrap(input, i, 1), new RecordingSink());
            assertThat(reader.isBetweenMessages()).isEqualTo(i == input.length - 1);
        }
    }

    @Test
    void holdsNoMoreThanHasArrived() throws ProtocolException {
        // 10,000 readers that were promised 1 MiB each would need 10 GB
        var readers = new ArrayList<WireReader>();
        for (int i = 0; i < 10_000; i++) {
            var reader = new WireReader();
            reader.read(ByteBuffer.wrap(HexFormat.of().parseHex("00100000" + "05" + "ffffff")), new RecordingSink());
            readers.add(reader);
        }
        assertThat(readers).noneMatch(WireReader::isBetweenMessages);
    }

    private static class StoppingSink implements WireSink {
        private final WireReader reader;
        int messages;
        int blocks;
        int ended;

        StoppingSink(WireReader reader) {
            this.reader = reader;
        }

        @Override
        public void onMessage(Message message) {
            messages++;
            reader.stop();
        }

        @Override
        public ByteBuffer beginBlock(int piece, int offset, int length) {
            blocks++;
            reader.stop();
            return ByteBuffer.allocate(length);
        }

        @Override
        public void endBlock(int piece, int offset, int length) {
            ended++;
        }
    }
}
