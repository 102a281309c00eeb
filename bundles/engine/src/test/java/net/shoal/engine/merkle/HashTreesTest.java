package net.shoal.engine.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.model.InfoHash;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.PieceLayout;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.Message.HashRequest;
import org.junit.jupiter.api.Test;

class HashTreesTest {
    private static final int PIECE = 4 * Block.SIZE;
    private static final String PEER = "peer";

    private final Random random = new Random(3);
    private long now;

    /** A torrent of files whose blocks have random hashes. */
    private final class Torrent {
        final List<List<Sha256Hash>> leaves = new ArrayList<>();
        final List<Long> lengths;
        final int pieceLength;
        final Metainfo bare;
        final Metainfo whole;

        Torrent(int pieceLength, Long... lengths) {
            this.lengths = List.of(lengths);
            this.pieceLength = pieceLength;
            var files = new ArrayList<FileEntry>();
            var layers = new java.util.HashMap<Sha256Hash, List<Sha256Hash>>();
            long offset = 0;
            for (long length : lengths) {
                var blocks = hashes((int) MerkleTree.blocks(length));
                leaves.add(blocks);
                int top = MerkleTree.rootLayer(blocks.size());
                var root = MerkleTree.root(blocks, 0, top);
                files.add(new FileEntry(
                        List.of("f" + files.size()), offset, length, Set.of(), Optional.of(root), Optional.empty()));
                if (length > pieceLength) {
                    layers.put(root, MerkleTree.layer(blocks, 0, MerkleTree.pieceLayer(pieceLength)));
                }
                offset += (length + pieceLength - 1) / pieceLength * pieceLength;
            }
            var info = new Info(
                    ByteBuffer.allocate(0),
                    InfoHashes.of(new InfoHash.V2(Sha256Hash.ZERO)),
                    "t",
                    false,
                    files,
                    PieceLayout.aligned(this.lengths, pieceLength),
                    Optional.empty(),
                    false,
                    Optional.empty());
            bare = Metainfo.of(info);
            whole = new Metainfo(
                    info, List.of(), List.of(), layers, Optional.empty(), Optional.empty(), Optional.empty());
        }

        int pieces() {
            return bare.info().layout().pieceCount();
        }

        Bitfield all() {
            var all = new Bitfield(pieces());
            all.setAll();
            return all;
        }

        /** The hashes of the blocks of pieces, as they would be computed from the content. */
        List<Sha256Hash> blocksOf(int firstPiece, int count) {
            var blocks = new ArrayList<Sha256Hash>();
            int piece = 0;
            int perPiece = pieceLength / Block.SIZE;
            for (var file : leaves) {
                for (int from = 0; from < file.size(); from += perPiece, piece++) {
                    if (piece >= firstPiece && piece < firstPiece + count) {
                        blocks.addAll(file.subList(from, Math.min(file.size(), from + perPiece)));
                    }
                }
            }
            return blocks;
        }

        HashAnswer serve(HashTrees trees, HashRequest request) {
            var answer = trees.answer(request, all());
            return answer instanceof HashAnswer.NeedsLeaves needs
                    ? trees.answer(request, blocksOf(needs.firstPiece(), needs.pieces()))
                    : answer;
        }
    }

    private List<Sha256Hash> hashes(int count) {
        var hashes = new ArrayList<Sha256Hash>();
        for (int i = 0; i < count; i++) {
            hashes.add(new Sha256Hash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
        }
        return hashes;
    }

    private static Message.Hashes reply(HashAnswer answer) {
        assertThat(answer).isInstanceOf(HashAnswer.Reply.class);
        return ((HashAnswer.Reply) answer).message();
    }

    private static Message.HashReject reject(HashRequest r) {
        return new Message.HashReject(r.piecesRoot(), r.baseLayer(), r.index(), r.length(), r.proofLayers());
    }

    @Test
    void fetchesAllPieceLayersFromOneWhoHasThem() {
        for (int pieceLength : new int[] {Block.SIZE, PIECE}) {
            var torrent = new Torrent(
                    pieceLength,
                    2_000L * pieceLength + 5,
                    1L,
                    513L * pieceLength,
                    (long) pieceLength,
                    2L * pieceLength,
                    700L * pieceLength - 20_000);
            var seed = new HashTrees(torrent.whole);
            var leech = new HashTrees(torrent.bare);
            assertThat(seed.isComplete()).isTrue();
            assertThat(leech.isComplete()).isFalse();
            int asked = 0;
            while (!leech.isComplete()) {
                var request = leech.request(PEER, torrent.all(), now).orElseThrow();
                asked++;
                assertThat(request.length()).isBetween(2, 512);
                assertThat(leech.received(PEER, reply(torrent.serve(seed, request))))
                        .isEqualTo(HashesVerdict.ACCEPTED);
            }
            assertThat(asked).isEqualTo(4 + 2 + 1 + 2);
            assertThat(leech.pieceLayers()).isEqualTo(torrent.whole.pieceLayers());
            for (int piece = 0; piece < torrent.pieces(); piece++) {
                assertThat(leech.matches(piece, torrent.blocksOf(piece, 1))).isTrue();
            }
        }
    }

    @Test
    void aFalseHashIsABadProof() {
        var torrent = new Torrent(PIECE, 700L * PIECE);
        var seed = new HashTrees(torrent.whole);
        for (int spoiled : new int[] {0, 187, 188, 255, 256}) {
            var leech = new HashTrees(torrent.bare);
            leech.request(PEER, torrent.all(), now);
            var request = leech.request(PEER, torrent.all(), now).orElseThrow();
            var good = reply(torrent.serve(seed, request));
            var hashes = new ArrayList<>(good.hashes());
            hashes.set(spoiled, hashes(1).get(0));
            var bad = new Message.Hashes(
                    good.piecesRoot(), good.baseLayer(), good.index(), good.length(), good.proofLayers(), hashes);
            assertThat(leech.received(PEER, bad)).as("hash " + spoiled).isEqualTo(HashesVerdict.BAD_PROOF);
            assertThat(leech.knows(512)).isFalse();
        }
    }

    @Test
    void aReplyOfTheWrongLengthIsABadProofAndAnUnaskedOneIsIgnored() {
        var torrent = new Torrent(PIECE, 20L * PIECE);
        var seed = new HashTrees(torrent.whole);
        var leech = new HashTrees(torrent.bare);
        var request = leech.request(PEER, torrent.all(), now).orElseThrow();
        var good = reply(torrent.serve(seed, request));
        assertThat(leech.received("somebody else", good)).isEqualTo(HashesVerdict.UNREQUESTED);
        var cut = new Message.Hashes(
                good.piecesRoot(), good.baseLayer(), good.index(), good.length(), good.proofLayers(), List.of());
        assertThat(leech.received(PEER, cut)).isEqualTo(HashesVerdict.BAD_PROOF);
        assertThat(leech.received(PEER, good)).as("no longer asked for").isEqualTo(HashesVerdict.UNREQUESTED);
    }

    @Test
    void asksFewAtATimeAndOnlyThoseWhoHaveSomethingOfTheChunk() {
        var torrent = new Torrent(PIECE, 5_000L * PIECE);
        var leech = new HashTrees(torrent.bare);
        var has = new Bitfield(torrent.pieces());
        assertThat(leech.request(PEER, has, now)).isEmpty();
        has.set(1024);
        assertThat(leech.request(PEER, has, now).orElseThrow().index()).isEqualTo(1024);
        assertThat(leech.request(PEER, has, now))
                .as("the only one it can prove")
                .isEmpty();
        assertThat(leech.request("other", torrent.all(), now)).isPresent();
        assertThat(leech.request("other", torrent.all(), now)).isPresent();
        assertThat(leech.request("other", torrent.all(), now)).isEmpty();
    }

    @Test
    void whatIsRejectedOrForgottenGoesToOthers() {
        var torrent = new Torrent(PIECE, 20L * PIECE);
        var leech = new HashTrees(torrent.bare);
        var request = leech.request(PEER, torrent.all(), now).orElseThrow();
        assertThat(leech.request("second", torrent.all(), now)).isEmpty();
        leech.rejected(PEER, reject(request), 0);
        assertThat(leech.request(PEER, torrent.all(), now)).isEmpty();
        assertThat(leech.request("second", torrent.all(), now)).contains(request);
        leech.removePeer("second");
        assertThat(leech.request("third", torrent.all(), now)).contains(request);
        now += HashTrees.TIMEOUT.toNanos();
        assertThat(leech.request("fourth", torrent.all(), now)).contains(request);
    }

    @Test
    void leavesTellWhichBlocksAreBad() {
        var torrent = new Torrent(PIECE, 10L * PIECE + 2 * Block.SIZE + 1, 3L * Block.SIZE, 100L);
        var seed = new HashTrees(torrent.whole);
        var leech = new HashTrees(torrent.whole);
        for (int piece : new int[] {3, 10, 11, 12}) {
            var blocks = new ArrayList<>(torrent.blocksOf(piece, 1));
            int spoiled = blocks.size() - 1;
            blocks.set(spoiled, hashes(1).get(0));
            assertThat(leech.matches(piece, blocks)).isFalse();
            if (piece != 12) {
                assertThat(leech.badBlocks(piece, blocks)).isEmpty();
                leech.wantLeaves(piece, 0);
                var request = leech.request(PEER, torrent.all(), now).orElseThrow();
                assertThat(leech.received(PEER, reply(torrent.serve(seed, request))))
                        .isEqualTo(HashesVerdict.ACCEPTED);
            }
            assertThat(leech.badBlocks(piece, blocks).orElseThrow().stream().boxed())
                    .containsExactly(spoiled);
            leech.forgetLeaves(piece);
            assertThat(leech.request(PEER, torrent.all(), now)).isEmpty();
        }
    }

    @Test
    void leavesThatAreToJudgeAPeerAreAskedOfThatPeerLast() {
        var torrent = new Torrent(PIECE, 10L * PIECE);
        var seed = new HashTrees(torrent.whole);
        var leech = new HashTrees(torrent.whole);
        assertThat(leech.wantLeavesAhead(3, "judged", now)).isTrue();
        assertThat(leech.wantLeavesAhead(3, "judged", now)).as("once is enough").isFalse();
        assertThat(leech.request("judged", torrent.all(), now)).isEmpty();
        var request = leech.request(PEER, torrent.all(), now).orElseThrow();
        assertThat(leech.received(PEER, reply(torrent.serve(seed, request)))).isEqualTo(HashesVerdict.ACCEPTED);
        assertThat(leech.knowsLeaves(3)).isTrue();
        var blocks = torrent.blocksOf(3, 1);
        assertThat(leech.isGood(3, 0, blocks.get(0))).isTrue();
        assertThat(leech.isGood(3, 0, blocks.get(1))).isFalse();

        leech.wantLeavesAhead(4, "judged", now);
        assertThat(leech.request("judged", torrent.all(), now + 1_000_000_000L))
                .as("nobody else has answered")
                .isPresent();
    }

    @Test
    void leavesWantedAheadAreBoundedAndNotAskedAgainOfThoseWhoKeepNone() {
        int many = HashTrees.MAX_LEAVES_AHEAD + 1;
        var torrent = new Torrent(PIECE, (long) many * PIECE);
        var leech = new HashTrees(torrent.whole);
        int wanted = 0;
        for (int piece = 0; piece < many; piece++) {
            wanted += leech.wantLeavesAhead(piece, "judged", now) ? 1 : 0;
        }
        assertThat(wanted).isEqualTo(HashTrees.MAX_LEAVES_AHEAD);
        int asked = 0;
        for (var next = leech.request(PEER, torrent.all(), now);
                next.isPresent();
                next = leech.request(PEER, torrent.all(), now)) {
            leech.rejected(PEER, reject(next.get()), now);
            asked++;
        }
        assertThat(asked).isEqualTo(4);
        leech.wantLeaves(many - 1, now);
        assertThat(leech.request(PEER, torrent.all(), now))
                .as("those of a bad piece are asked for all the same")
                .isPresent();
        assertThat(leech.request(PEER, torrent.all(), now + 60_000_000_000L))
                .as("it may have been busy")
                .isPresent();

        leech.forgetLeavesUnless(piece -> piece == 0);
        assertThat(leech.wantLeavesAhead(1, "judged", now)).isTrue();
        assertThat(leech.wantLeavesAhead(0, "judged", now)).isFalse();
    }

    @Test
    void falseLeavesAreABadProof() {
        var torrent = new Torrent(PIECE, 10L * PIECE);
        var leech = new HashTrees(torrent.whole);
        leech.wantLeaves(3, 0);
        var r = leech.request(PEER, torrent.all(), now).orElseThrow();
        var lie = new Message.Hashes(
                r.piecesRoot(), r.baseLayer(), r.index(), r.length(), r.proofLayers(), hashes(r.length()));
        assertThat(leech.received(PEER, lie)).isEqualTo(HashesVerdict.BAD_PROOF);
    }

    /** What peers may ask for: any aligned range, with any number of proof layers. */
    @Test
    void everyAnswerLeadsToTheRoot() {
        var torrent = new Torrent(PIECE, 37L * PIECE + 3, 3L * Block.SIZE, 2L * PIECE);
        var trees = new HashTrees(torrent.whole);
        for (int file = 0; file < 3; file++) {
            var leaves = torrent.leaves.get(file);
            int top = MerkleTree.rootLayer(leaves.size());
            var root = MerkleTree.root(leaves, 0, top);
            for (int layer = 0; layer < top; layer++) {
                for (int length = 2; length <= 1 << (top - layer); length *= 2) {
                    for (int index = 0; index < 1 << (top - layer); index += length) {
                        check(torrent, trees, new HashRequest(root, layer, index, length, top - layer - 1), root);
                    }
                }
            }
        }
    }

    private static void check(Torrent torrent, HashTrees trees, HashRequest request, Sha256Hash root) {
        var answer = torrent.serve(trees, request);
        boolean betweenLeavesAndPieces = request.baseLayer() == 1;
        if (answer instanceof HashAnswer.Refuse) {
            assertThat(betweenLeavesAndPieces
                            || request.index() >= 37 * 4
                            || request.length() / 4 > HashTrees.MAX_LEAF_PIECES)
                    .as(request.toString())
                    .isTrue();
            return;
        }
        var hashes = reply(answer).hashes();
        assertThat(MerkleTree.climb(
                        hashes.subList(0, request.length()),
                        request.baseLayer(),
                        request.index(),
                        hashes.subList(request.length(), hashes.size())))
                .as(request.toString())
                .isEqualTo(root);
        var without = new HashRequest(request.piecesRoot(), request.baseLayer(), request.index(), request.length(), 0);
        int uncles = request.length() == 2 || request.proofLayers() == 0 ? HashAnswers.unclesFor(without) : 0;
        assertThat(reply(torrent.serve(trees, without)).hashes())
                .isEqualTo(hashes.subList(0, request.length() + Math.min(uncles, hashes.size() - request.length())));
    }

    /** libtorrent asks for a single hash where one is left over, and counts its uncles in this way. */
    @Test
    void answersARequestForASingleHash() {
        var torrent = new Torrent(PIECE, 513L * PIECE);
        var leaves = torrent.leaves.get(0);
        var root = torrent.bare.info().files().get(0).piecesRoot().orElseThrow();
        int top = MerkleTree.rootLayer(leaves.size());
        var hashes = reply(torrent.serve(new HashTrees(torrent.whole), new HashRequest(root, 2, 512, 1, top - 3)))
                .hashes();
        assertThat(hashes).hasSize(1 + top - 2);
        assertThat(MerkleTree.climb(hashes.subList(0, 1), 2, 512, hashes.subList(1, hashes.size())))
                .isEqualTo(root);
    }

    @Test
    void refusesWhatMakesNoSense() {
        var torrent = new Torrent(PIECE, 100L * PIECE);
        var trees = new HashTrees(torrent.whole);
        var root = torrent.bare.info().files().get(0).piecesRoot().orElseThrow();
        int max = Integer.MAX_VALUE;
        int min = Integer.MIN_VALUE;
        for (var request : List.of(
                new HashRequest(Sha256Hash.ZERO, 2, 0, 2, 0),
                new HashRequest(root, -1, 0, 2, 0),
                new HashRequest(root, 9, 0, 1, 0),
                new HashRequest(root, max, 0, 2, 0),
                new HashRequest(root, 2, 0, 3, 0),
                new HashRequest(root, 2, 0, 0, 0),
                new HashRequest(root, 2, 0, min, 0),
                new HashRequest(root, 2, 0, 256, 0),
                new HashRequest(root, 2, 0, 1 << 30, 0),
                new HashRequest(root, 2, 128, 2, 0),
                new HashRequest(root, 2, 1, 2, 0),
                new HashRequest(root, 2, -2, 2, 0),
                new HashRequest(root, 2, max - 1, 2, 0),
                new HashRequest(root, 2, 0, 2, 7),
                new HashRequest(root, 2, 0, 2, -1),
                new HashRequest(root, 2, 0, 2, max),
                new HashRequest(root, 0, 0, 64, 0),
                new HashRequest(root, 1, 0, 2, 0))) {
            assertThat(trees.answer(request, torrent.all()))
                    .as(request.toString())
                    .isInstanceOf(HashAnswer.Refuse.class);
        }
        assertThat(trees.answer(new HashRequest(root, 0, 0, 4, 0), new Bitfield(torrent.pieces())))
                .as("leaves of a piece that we lack")
                .isInstanceOf(HashAnswer.Refuse.class);
        assertThat(new HashTrees(torrent.bare).answer(new HashRequest(root, 2, 0, 4, 0), torrent.all()))
                .as("a layer that we lack")
                .isInstanceOf(HashAnswer.Refuse.class);
    }

    @Test
    void layersThatDoNotMatchAreLeftOut() {
        var torrent = new Torrent(PIECE, 10L * PIECE);
        var root = torrent.bare.info().files().get(0).piecesRoot().orElseThrow();
        var trees = new HashTrees(torrent.bare);
        trees.add(Map.of(root, hashes(10), Sha256Hash.ZERO, hashes(3)));
        assertThat(trees.isComplete()).isFalse();
        trees.add(torrent.whole.pieceLayers());
        assertThat(trees.isComplete()).isTrue();
    }

    @Test
    void lengthsLeavePaddingOut() {
        var torrent = new Torrent(PIECE, 2L * PIECE + 7, 5L);
        var trees = new HashTrees(torrent.bare);
        assertThat(List.of(trees.lengthOf(0), trees.lengthOf(1), trees.lengthOf(2), trees.lengthOf(3)))
                .containsExactly(PIECE, PIECE, 7, 5);
    }
}
