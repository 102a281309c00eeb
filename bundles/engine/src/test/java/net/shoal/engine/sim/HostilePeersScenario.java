package net.shoal.engine.sim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static net.shoal.engine.sim.Simulation.KIB;
import static net.shoal.engine.sim.Simulation.MIB;
import static net.shoal.engine.sim.Simulation.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.Message.Extended;
import net.shoal.extension.metadata.MetadataExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a peer says, however often: it is cut off, or ignored within bounds, and the download from a good peer beside it goes on. What
 * bytes may do that are no messages at all is {@code HostileBytesTest}'s.
 */
class HostilePeersScenario {
    private static final int PIECE = 64 * KIB;
    private static final int SIZE = 4 * MIB;
    private static final int PIECES = SIZE / PIECE;
    /** Messages at once in a flood, ten times a second: a small part of what the line of the sender carries. */
    private static final int FLOOD = 500;

    private static final int FIRST_EXTENSION = 8;

    private enum End {
        /** The connection is closed. */
        CUT,
        /** And none is made again. */
        BANNED,
        /** Nothing comes of it. */
        IGNORED
    }

    private record Row(String name, End end, Habit habit) {
        @Override
        public String toString() {
            return name + " is " + end;
        }
    }

    /** What a hostile peer does, from when it is connected. */
    private interface Habit {
        void begin(Simulation sim, FakePeer.Session session);
    }

    private static Row once(String name, End end, Message... messages) {
        return new Row(name, end, (sim, session) -> List.of(messages).forEach(session::send));
    }

    private static Row flood(String name, End end, Message... messages) {
        return new Row(name, end, (sim, session) -> pour(sim, session, messages));
    }

    private static void pour(Simulation sim, FakePeer.Session session, Message... messages) {
        if (session.isOpen()) {
            for (int i = 0; i < FLOOD; i++) {
                session.send(messages[i % messages.length]);
            }
            sim.time().after(Duration.ofMillis(100), () -> pour(sim, session, messages));
        }
    }

    static Stream<Row> rows() {
        return Stream.of(blocks(), pieces(), states(), extensions(), hashes()).flatMap(each -> each);
    }

    private static Stream<Row> blocks() {
        var all = List.of(Message.HAVE_ALL, Message.UNCHOKE);
        return Stream.of(
                flood("blocks nobody asked for", End.CUT, block(0, 0, 16 * KIB)),
                flood("blocks of a length nobody asked for", End.CUT, block(1, 16 * KIB, 1000)),
                flood("blocks across the grid", End.CUT, block(1, 100, 16 * KIB)),
                once("a block of a piece that is not there", End.CUT, block(PIECES, 0, 16 * KIB)),
                once("a block of piece -1", End.CUT, block(-1, 0, 16 * KIB)),
                once("a block behind the end of its piece", End.CUT, block(0, PIECE, 16 * KIB)),
                once("a block that overflows", End.CUT, block(0, Integer.MAX_VALUE - 100, 16 * KIB)),
                once("a block at a negative offset", End.CUT, block(0, -16 * KIB, 16 * KIB)),
                flood("requests for a piece we lack", End.CUT, new Message.Request(0, 0, 16 * KIB)),
                flood("requests out of the torrent", End.CUT, new Message.Request(PIECES, 0, 16 * KIB)),
                flood("requests for nothing", End.CUT, new Message.Request(0, 0, 0)),
                flood("requests for a gigabyte", End.CUT, new Message.Request(0, 0, 1 << 30)),
                flood("requests of negative length", End.CUT, new Message.Request(0, 0, -1)),
                flood("requests at the end of the world", End.CUT, new Message.Request(-1, -1, -1)),
                flood("cancels of what it has not asked for", End.CUT, new Message.Cancel(0, 0, 16 * KIB)),
                flood("rejects of what it was not asked for", End.CUT, new Message.RejectRequest(-1, -1, -1)),
                new Row("to promise and send nothing", End.IGNORED, (sim, session) -> all.forEach(session::send)),
                new Row("to promise and reject", End.IGNORED, (sim, session) -> {
                    all.forEach(session::send);
                    session.peer()
                            .on(
                                    Message.Request.class,
                                    (at, r) -> at.send(new Message.RejectRequest(r.piece(), r.offset(), r.length())));
                }),
                new Row("to choke at each request", End.IGNORED, (sim, session) -> {
                    all.forEach(session::send);
                    session.peer().on(Message.Request.class, (at, r) -> at.send(Message.CHOKE));
                }));
    }

    private static Message block(int piece, int offset, int length) {
        return new Message.Piece(piece, offset, ByteBuffer.allocate(length));
    }

    private static Stream<Row> pieces() {
        return Stream.of(
                flood("the same have", End.CUT, new Message.Have(3)),
                once("a piece it cannot have", End.CUT, new Message.Have(PIECES)),
                once("piece -1", End.CUT, new Message.Have(-1)),
                flood("two haves in turns", End.CUT, new Message.Have(3), new Message.Have(4)),
                once("a bitfield that is too short", End.CUT, bitfield(PIECES / 8 - 1)),
                once("a bitfield that is too long", End.CUT, bitfield(PIECES / 8 + 1)),
                once("a bitfield of a megabyte", End.CUT, bitfield(1_000_000)),
                flood("bitfields", End.CUT, bitfield(PIECES / 8)),
                flood("all, and none", End.CUT, Message.HAVE_ALL, Message.HAVE_NONE),
                once("an allowed-fast piece that is not there", End.CUT, new Message.AllowedFast(PIECES)),
                flood("allowed-fast pieces", End.CUT, new Message.AllowedFast(1), new Message.AllowedFast(2)),
                once("a suggestion that is not there", End.CUT, new Message.SuggestPiece(-7)),
                flood("suggestions", End.CUT, new Message.SuggestPiece(5)),
                flood("pieces lost and found", End.CUT, dontHave(3), new Message.Have(3)),
                once("the loss of a piece that is not there", End.CUT, dontHave(PIECES)),
                once("half a lost piece", End.IGNORED, extended(7, 0, 0)));
    }

    private static Message bitfield(int length) {
        return new Message.BitfieldBytes(ByteBuffer.allocate(length));
    }

    /** BEP 54, under the id that we announce. */
    private static Message dontHave(int piece) {
        return new Extended(7, ByteBuffer.allocate(4).putInt(0, piece));
    }

    private static Stream<Row> states() {
        return Stream.of(
                flood("choke and unchoke", End.CUT, Message.CHOKE, Message.UNCHOKE),
                new Row("to have all, choke and unchoke", End.CUT, (sim, session) -> {
                    session.send(Message.HAVE_ALL);
                    pour(sim, session, Message.UNCHOKE, Message.CHOKE);
                }),
                flood("interested and not", End.CUT, Message.INTERESTED, Message.NOT_INTERESTED),
                flood("interested", End.CUT, Message.INTERESTED),
                flood("keep-alives", End.CUT, Message.KEEP_ALIVE),
                flood("messages of no known kind", End.CUT, new Message.Unknown(99, 0)),
                flood("ports", End.CUT, new Message.Port(0)),
                flood("upload-only and not", End.CUT, extended(3, 1), extended(3, 0)),
                new Row("to say nothing", End.CUT, (sim, session) -> {}),
                new Row("a byte a second", End.CUT, HostilePeersScenario::drip));
    }

    /** Bytes come, and no message is ever whole. */
    private static void drip(Simulation sim, FakePeer.Session session) {
        if (session.isOpen()) {
            session.drip();
            sim.time().after(Duration.ofSeconds(1), () -> drip(sim, session));
        }
    }

    private static Stream<Row> extensions() {
        return Stream.of(
                once("an extended handshake that is none", End.CUT, extended(0, 'x')),
                once("an extended handshake of 100 KB", End.CUT, new Extended(0, ByteBuffer.allocate(100_000))),
                flood("extended handshakes", End.CUT, handshake("d1:md6:ut_pexi1eee")),
                once(
                        "metadata of a terabyte",
                        End.IGNORED,
                        handshake("d1:md11:ut_metadatai1ee13:metadata_sizei1099511627776ee")),
                once("two sizes of metadata", End.BANNED, metadataOf(50_000), metadataOf(50_001)),
                once("an extended handshake of numbers", End.IGNORED, handshake("d1:mi7e1:p3:abc4:reqqi-1e1:vi9ee")),
                flood("messages of extensions nobody knows", End.CUT, extended(200, 1, 2, 3)),
                once(
                        "100 KB for an extension nobody knows",
                        End.IGNORED,
                        new Extended(201, ByteBuffer.allocate(100_000))),
                flood("requests for metadata", End.IGNORED, metadata("d8:msg_typei0e5:piecei0ee")),
                once("a request for metadata piece -1", End.BANNED, metadata("d8:msg_typei0e5:piecei-1ee")),
                once(
                        "metadata nobody asked for",
                        End.IGNORED,
                        metadata("d8:msg_typei1e5:piecei0e10:total_sizei9ee123456789")),
                once(
                        "metadata of absurd size",
                        End.BANNED,
                        metadata("d8:msg_typei1e5:piecei0e10:total_sizei9999999999ee")),
                once("no dictionary for metadata", End.BANNED, metadata("hello")),
                once("a bomb of lists for metadata", End.BANNED, metadata("l".repeat(200_000))),
                flood("pex", End.BANNED, pex("d5:added6:\1\2\3\4\5\6e")),
                once("pex of 1,000 peers", End.BANNED, pex("d5:added6000:" + "abcdef".repeat(1000) + "e")),
                once("no dictionary for pex", End.BANNED, pex("\0\0")));
    }

    private static Message extended(int id, int... payload) {
        var bytes = ByteBuffer.allocate(payload.length);
        for (int each : payload) {
            bytes.put((byte) each);
        }
        return new Extended(id, bytes.flip());
    }

    private static Message text(int id, String payload) {
        return new Extended(id, ByteBuffer.wrap(payload.getBytes(ISO_8859_1)));
    }

    private static Message handshake(String dict) {
        return text(ExtendedHandshake.MESSAGE_ID, dict);
    }

    private static Message metadataOf(int size) {
        return handshake("d1:md11:ut_metadatai1ee13:metadata_sizei" + size + "ee");
    }

    private static Message metadata(String payload) {
        return text(FIRST_EXTENSION, payload);
    }

    private static Message pex(String payload) {
        return text(FIRST_EXTENSION + 1, payload);
    }

    private static Stream<Row> hashes() {
        var zero = Sha256Hash.ZERO;
        return Stream.of(
                flood("requests for hashes of a v1 torrent", End.CUT, new Message.HashRequest(zero, 0, 0, 512, 0)),
                flood(
                        "hashes of a v1 torrent",
                        End.CUT,
                        new Message.Hashes(zero, 0, 0, 2, 0, Collections.nCopies(2, zero))),
                flood("rejects of hashes", End.CUT, new Message.HashReject(zero, -1, -1, -1, -1)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aHostilePeerIsCutOffOrIgnoredAndTheDownloadGoesOn(Row row) throws BencodeException {
        var undisturbed = undisturbed();
        var sim = world();
        var seed = sim.seed();
        var hostile = List.of(hostile(sim, row), hostile(sim, row));
        var leecher = sim.strangers().leecher();
        leecher.swarm().found(List.of(seed.address(), hostile.get(0).address()));
        hostile.get(1).dial(seed);
        checkIds(seed, sim);
        sim.untilComplete(undisturbed.multipliedBy(3).dividedBy(2).plusSeconds(2));
        if (row.end != End.IGNORED) {
            // those that say nothing are waited for
            sim.until(() -> hostile.stream().noneMatch(each -> each.goodbyes().isEmpty()), Duration.ofMinutes(5));
        }
        for (var each : hostile) {
            assertThat(each.heardBytes()).as("what it got out of us").isLessThan(2L * MIB);
        }
        assertThat(leecher.swarm().isBanned(hostile.get(0).address()))
                .as("banned")
                .isEqualTo(row.end == End.BANNED);
        assertThat(seed.swarm().isBanned(hostile.get(1).address()))
                .as("banned by the seed")
                .isEqualTo(row.end == End.BANNED);
        assertThat(leecher.swarm().isBanned(seed.address())).isFalse();
        sim.close();
    }

    /** It does so on its first connection, and on all where nobody minds. */
    private static FakePeer hostile(Simulation sim, Row row) {
        var began = new AtomicInteger();
        return sim.fakePeer().greet((peer, session) -> {
            if (began.getAndIncrement() == 0 || row.end == End.IGNORED) {
                row.habit.begin(sim, session);
            }
        });
    }

    /** Those of the two extensions are as this test has them. */
    private static void checkIds(SimNode node, Simulation sim) throws BencodeException {
        var probe = sim.fakePeer();
        probe.dial(node);
        sim.until(() -> !probe.heard(Extended.class).isEmpty(), Duration.ofSeconds(1));
        var said = probe.heard(Extended.class).get(0).payload();
        BDict dict = BencodeReader.LENIENT.readDict(said.duplicate());
        var ids = ExtendedHandshake.of(dict);
        assertThat(ids.idOf("ut_metadata")).hasValue(FIRST_EXTENSION);
        assertThat(ids.idOf("ut_pex")).hasValue(FIRST_EXTENSION + 1);
        assertThat(ids.idOf("lt_donthave")).hasValue(7);
        assertThat(ids.idOf("upload_only")).hasValue(3);
    }

    private static Simulation world() {
        var sim = swarm(71).content(Format.V1, PIECE, SIZE).rates(MIB, 4 * MIB);
        return sim.extension(new MetadataExtension(sim.time()::nanoTime)).pex();
    }

    private static Duration undisturbed() {
        var sim = world();
        sim.seed();
        var leecher = sim.leecher();
        sim.untilComplete(Duration.ofMinutes(1));
        return leecher.completedAt();
    }
}
