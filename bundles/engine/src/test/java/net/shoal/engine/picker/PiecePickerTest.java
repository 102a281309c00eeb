package net.shoal.engine.picker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.Block;
import net.shoal.base.model.PieceLayout;
import org.junit.jupiter.api.Test;

class PiecePickerTest {
    private static final int BLOCKS = 4;
    private static final int PIECES = 40;
    private static final CancelSink<String> NOBODY = (peer, piece, block) -> {
        throw new AssertionError(peer.owner() + " is to cancel");
    };

    private PiecePicker<String> picker = picker(1);

    private static PiecePicker<String> picker(long seed) {
        return new PiecePicker<>(
                PieceLayout.contiguous((long) PIECES * BLOCKS * Block.SIZE, BLOCKS * Block.SIZE),
                new SplittableRandom(seed));
    }

    private record Picked(int piece, int block) {}

    private PickerPeer<String> peer(String name, int... pieces) {
        var peer = picker.addPeer(name);
        peer.choking(false);
        for (int piece : pieces) {
            picker.peerHas(peer, piece);
        }
        return peer;
    }

    private PickerPeer<String> seed(String name) {
        var peer = peer(name);
        picker.peerHasAll(peer);
        return peer;
    }

    private List<Picked> pick(PickerPeer<String> peer, int max) {
        var picked = new ArrayList<Picked>();
        picker.pick(peer, max, (piece, block) -> picked.add(new Picked(piece, block)));
        return picked;
    }

    private void fetch(PickerPeer<String> peer, int piece) {
        for (int block = 0; block < BLOCKS; block++) {
            picker.received(peer, piece, block, (other, p, b) -> {});
        }
        picker.verified(piece);
    }

    private void haveBut(Integer... missing) {
        var have = new Bitfield(PIECES);
        have.setAll();
        for (int piece : missing) {
            have.clear(piece);
        }
        picker.markHave(have);
    }

    @Test
    void picksRarestPieceFirst() {
        haveBut(10, 11, 12, 13);
        var peer = peer("a", 10, 11, 12, 13);
        peer("b", 10, 11, 13);
        peer("c", 10, 13);
        assertThat(pick(peer, 12).stream().map(Picked::piece).distinct().toList())
                .startsWith(12, 11);
    }

    @Test
    void piecesOfEqualRarityAreChosenAtRandom() {
        var first = new HashSet<Integer>();
        for (int run = 0; run < 200; run++) {
            picker = picker(run);
            haveBut(3, 17, 25, 39);
            first.add(pick(seed("a"), 1).get(0).piece());
        }
        assertThat(first).containsExactlyInAnyOrder(3, 17, 25, 39);
    }

    @Test
    void theFirstPiecesAreChosenAtRandomHoweverRare() {
        var first = new HashSet<Integer>();
        for (int run = 0; run < 500; run++) {
            picker = picker(run);
            var peer = seed("a");
            peer("b", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            first.add(pick(peer, 1).get(0).piece());
        }
        assertThat(first).hasSize(PIECES);
    }

    @Test
    void higherPrioritiesComeBeforeRarity() {
        haveBut(10, 11, 12);
        var peer = peer("a", 10, 11, 12);
        peer("b", 10);
        picker.priority(10, 7);
        picker.priority(12, 0);
        assertThat(pick(peer, 12).stream().map(Picked::piece).distinct()).containsExactly(10, 11);
        assertThat(picker.isInteresting(peer("c", 12))).isFalse();
        assertThatThrownBy(() -> picker.priority(1, 8)).hasMessageContaining("0 to 7");
    }

    @Test
    void sequentialModeFollowsTheContentAfterWhatIsAhead() {
        picker.sequential(true);
        var ahead = new Bitfield(PIECES);
        ahead.set(0);
        ahead.set(PIECES - 1);
        picker.ahead(ahead);
        assertThat(pick(seed("a"), 5 * BLOCKS).stream().map(Picked::piece).distinct())
                .containsExactly(0, PIECES - 1, 1, 2, 3);
    }

    private void urgent(int... pieces) {
        var bits = new Bitfield(PIECES);
        for (int piece : pieces) {
            bits.set(piece);
        }
        picker.urgent(bits);
    }

    @Test
    void whatSomebodyIsAboutToReadIsFetchedInOrderByAllTogether() {
        var fast = seed("fast");
        fast.rate(1 << 20);
        int before = pick(fast, 1).get(0).piece();
        urgent(30, 31, 32);
        var other = seed("other");
        other.rate(1 << 20);
        assertThat(pick(fast, 2)).containsExactly(new Picked(30, 0), new Picked(30, 1));
        assertThat(pick(other, 6).stream().map(Picked::piece)).containsExactly(30, 30, 31, 31, 31, 31);
        urgent();
        assertThat(pick(fast, 3).stream().map(Picked::piece)).doesNotContain(32).isNotEmpty();
        assertThat(before).isNotIn(30, 31, 32);
    }

    @Test
    void whatIsWaitedForTooLongIsAskedOfASecondPeerWhoIsNoSlower() {
        urgent(7);
        var slow = seed("slow");
        slow.rate(1000);
        assertThat(pick(slow, BLOCKS).stream().map(Picked::piece)).containsOnly(7);
        var slower = seed("slower");
        var fast = seed("fast");
        fast.rate(1 << 20);
        picker.due(7);
        assertThat(pick(slower, 2).stream().map(Picked::piece)).doesNotContain(7);
        assertThat(pick(fast, BLOCKS).stream().map(Picked::piece)).containsOnly(7);
        picker.due(-1);
        var third = seed("third");
        third.rate(1 << 20);
        assertThat(pick(third, 1).stream().map(Picked::piece)).doesNotContain(7);
    }

    @Test
    void slowPeersShareAPieceAndFastOnesHaveTheirOwn() {
        var slow = seed("slow");
        var slower = seed("slower");
        int shared = pick(slow, 1).get(0).piece();
        assertThat(pick(slower, 1).get(0)).isEqualTo(new Picked(shared, 1));
        var fast = seed("fast");
        fast.rate(1 << 20);
        int own = pick(fast, 1).get(0).piece();
        assertThat(own).isNotEqualTo(shared);
        assertThat(pick(slow, 3).stream().map(Picked::piece)).doesNotContain(own);
        picker.releaseAll(fast);
        assertThat(picker.openPieces()).doesNotContain(own);
    }

    @Test
    void aPieceThatWasBegunAndLeftIsTakenUpByAFastPeer() {
        var leaving = seed("leaving");
        var left = pick(leaving, 1).get(0);
        picker.received(leaving, left.piece(), left.block(), NOBODY);
        picker.removePeer(leaving);
        var fast = seed("fast");
        fast.rate(1 << 20);
        assertThat(pick(fast, 3)).allMatch(picked -> picked.piece() == left.piece());
    }

    @Test
    void aPeerOnParoleSharesWithNobody() {
        var other = seed("other");
        int shared = pick(other, 1).get(0).piece();
        var suspect = seed("suspect");
        suspect.onParole(true);
        int own = pick(suspect, 1).get(0).piece();
        assertThat(own).isNotEqualTo(shared);
        assertThat(pick(other, 3 * BLOCKS).stream().map(Picked::piece)).doesNotContain(own);
    }

    @Test
    void aPieceThatWasBadComesNextAndFromOnePeerWhoIsNoSuspect() {
        var first = seed("first");
        var picked = pick(first, BLOCKS);
        int bad = picked.get(0).piece();
        picked.forEach(block -> picker.received(first, block.piece(), block.block(), NOBODY));
        picker.failed(bad);
        first.onParole(true);
        assertThat(pick(first, BLOCKS).stream().map(Picked::piece)).doesNotContain(bad);
        var second = seed("second");
        assertThat(pick(second, 1)).containsExactly(new Picked(bad, 0));
        assertThat(pick(seed("third"), 2 * BLOCKS).stream().map(Picked::piece)).doesNotContain(bad);
    }

    @Test
    void inTheEndgameBlocksAreAskedOfSeveralAndCancelledWhenTheyCome() {
        haveBut(5);
        var first = seed("first");
        var second = seed("second");
        var third = seed("third");
        var fourth = seed("fourth");
        List.of(first, second, third, fourth).forEach(peer -> peer.rate(1 << 20));
        assertThat(pick(first, 10)).hasSize(BLOCKS);
        assertThat(picker.isEndgame()).isTrue();
        assertThat(pick(first, 10)).as("not twice of the same peer").isEmpty();
        assertThat(pick(second, 10)).hasSize(BLOCKS);
        assertThat(pick(third, 10)).hasSize(BLOCKS);
        assertThat(pick(fourth, 10)).as("three have been asked").isEmpty();
        var cancelled = new HashSet<String>();
        assertThat(picker.received(second, 5, 0, (peer, piece, block) -> cancelled.add(peer.owner())))
                .isEqualTo(Arrival.ACCEPTED);
        assertThat(cancelled).containsExactlyInAnyOrder("first", "third");
        assertThat(picker.received(first, 5, 0, NOBODY)).isEqualTo(Arrival.UNWANTED);
        assertThat(first.requested()).isEqualTo(BLOCKS - 1);
        assertThat(picker.senderOf(5, 0)).isSameAs(second);
    }

    @Test
    void aSlowerPeerDoesNotRepeatWhatAFasterOneWasAskedFor() {
        haveBut(5);
        var fast = seed("fast");
        fast.rate(1 << 20);
        pick(fast, 10);
        var slow = seed("slow");
        slow.rate(1 << 10);
        assertThat(pick(slow, 10)).isEmpty();
        fast.rate(0);
        assertThat(pick(slow, 10)).as("the fast one has stalled").hasSize(1);
    }

    /** It would send for long what is there by then. */
    @Test
    void inTheEndgameASlowPeerIsAskedForLittleAtOnce() {
        haveBut(5);
        pick(seed("first"), 10);
        var slow = seed("slow");
        slow.rate(32 << 10);
        var picked = pick(slow, 10);
        assertThat(picked).hasSize(1);
        assertThat(pick(slow, 10)).isEmpty();
        picker.received(slow, picked.get(0).piece(), picked.get(0).block(), (peer, piece, block) -> {});
        assertThat(pick(slow, 10)).hasSize(1).doesNotContainAnyElementsOf(picked);
    }

    @Test
    void whatIsReleasedIsFreeAgain() {
        haveBut(5);
        var first = seed("first");
        pick(first, 10);
        picker.release(first, 5, 2);
        assertThat(picker.isEndgame()).isFalse();
        assertThat(pick(seed("second"), 1)).containsExactly(new Picked(5, 2));
    }

    @Test
    void whatAPeerRejectedIsNotAskedOfItUntilItUnchokesAgain() {
        haveBut(5);
        var peer = seed("a");
        pick(peer, 1);
        picker.rejected(peer, 5, 0);
        assertThat(pick(peer, 10)).isEmpty();
        peer.choking(true);
        peer.choking(false);
        assertThat(pick(peer, 10)).hasSize(BLOCKS);
    }

    @Test
    void whatAPeerRejectedIsAskedOfItAgainOnceThatIsForgotten() {
        haveBut(5);
        var peer = seed("a");
        pick(peer, 1);
        picker.rejected(peer, 5, 0);
        peer.forgetRefusals();
        assertThat(pick(peer, 10)).hasSize(BLOCKS);
    }

    @Test
    void aChokingPeerIsAskedForAllowedFastPiecesAlone() {
        var peer = seed("a");
        peer.choking(true);
        assertThat(pick(peer, 10)).isEmpty();
        peer.allowedFast(9);
        assertThat(pick(peer, 10)).hasSize(BLOCKS).allMatch(picked -> picked.piece() == 9);
    }

    @Test
    void theNewestSuggestionComesFirst() {
        var peer = seed("a");
        peer.suggested(8);
        peer.suggested(9);
        assertThat(pick(peer, 2 * BLOCKS).stream().map(Picked::piece).distinct())
                .containsExactly(9, 8);
    }

    @Test
    void aFailedPieceKeepsTheBlocksThatAreGood() {
        haveBut(5);
        var peer = seed("a");
        pick(peer, BLOCKS);
        for (int block = 0; block < BLOCKS; block++) {
            assertThat(picker.received(peer, 5, block, NOBODY))
                    .isEqualTo(block == BLOCKS - 1 ? Arrival.COMPLETED : Arrival.ACCEPTED);
        }
        var bad = new BitSet();
        bad.set(1);
        picker.failed(5, bad);
        assertThat(pick(peer, 10)).containsExactly(new Picked(5, 1));
        assertThat(picker.received(peer, 5, 1, NOBODY)).isEqualTo(Arrival.COMPLETED);
        picker.failed(5);
        assertThat(pick(peer, 10)).hasSize(BLOCKS);
    }

    @Test
    void blocksOfAnEarlierRunAreNotFetchedAgain() {
        haveBut(5);
        var there = new BitSet();
        there.set(0, 3);
        assertThat(picker.restore(5, there)).isFalse();
        assertThat(pick(seed("a"), 10)).containsExactly(new Picked(5, 3));
        there.set(3);
        picker.removePeer(seed("b"));
        assertThat(picker.receivedBlocks(5).cardinality()).isEqualTo(3);
    }

    @Test
    void paddingIsNotFetched() {
        picker = new PiecePicker<>(
                PieceLayout.contiguous(2L * BLOCKS * Block.SIZE, BLOCKS * Block.SIZE),
                new SplittableRandom(1),
                piece -> piece == 0 ? 1 : BLOCKS);
        assertThat(pick(seed("a"), 100)).hasSize(1 + BLOCKS).contains(new Picked(0, 0));
    }

    @Test
    void countsCopiesAndBytes() {
        assertThat(picker.distributedCopies()).isZero();
        seed("a");
        peer("b", 1, 2, 3, 4);
        assertThat(picker.distributedCopies()).isEqualTo(1.1);
        assertThat(picker.availability(1)).isEqualTo(2);
        picker.priority(0, 0);
        fetch(seed("c"), 1);
        long piece = BLOCKS * Block.SIZE;
        assertThat(picker.haveBytes()).isEqualTo(piece);
        assertThat(picker.wantedBytes()).isEqualTo((PIECES - 1) * piece);
        picker.lost(1);
        assertThat(picker.wantedHaveBytes()).isZero();
    }

    @Test
    void openPiecesAreBoundedByTheNumberOfPeers() {
        var peers = new ArrayList<PickerPeer<String>>();
        for (int i = 0; i < 6; i++) {
            var peer = seed("p" + i);
            peer.rate(1 << 20);
            peers.add(peer);
        }
        for (int i = 0; i < 30; i++) {
            var peer = peers.get(i % peers.size());
            // each begins a piece, and is asked no further: the worst for the number of open ones
            var picked = pick(peer, 1);
            picker.received(peer, picked.get(0).piece(), picked.get(0).block(), NOBODY);
            picker.releaseAll(peer);
        }
        assertThat(Set.of(picker.openPieces().length)).allMatch(count -> count <= 9);
    }

    private PickerPeer<String> source(String name) {
        var source = seed(name);
        source.inRuns(true);
        return source;
    }

    @Test
    void aSourceGetsPiecesThatFollowOneAnother() {
        var source = source("source");
        fetch(seed("peer"), 3);
        assertThat(pick(source, 8 * BLOCKS))
                .extracting(Picked::piece)
                .startsWith(4)
                .isSorted();
    }

    @Test
    void theNextSourceBeginsElsewhere() {
        var first = pick(source("first"), 2 * BLOCKS);
        var second = pick(source("second"), 2 * BLOCKS);
        assertThat(first).extracting(Picked::piece).containsOnly(0, 1);
        assertThat(second).extracting(Picked::piece).allMatch(piece -> piece > 15);
    }

    @Test
    void whatIsHeldIsAskedOfSiblingsOnly() {
        var held = new Bitfield(PIECES);
        for (int piece = 10; piece < 20; piece++) {
            held.set(piece);
        }
        picker.hold(held);
        var peer = seed("peer");
        var sibling = source("sibling");
        sibling.sibling(true);
        assertThat(pick(peer, 1_000)).extracting(Picked::piece).noneMatch(held::get);
        assertThat(pick(sibling, 3 * BLOCKS)).extracting(Picked::piece).containsOnly(10, 11, 12);
        assertThat(pick(peer, 1_000))
                .as("not in the endgame either")
                .extracting(Picked::piece)
                .noneMatch(held::get);

        picker.removePeer(sibling);
        assertThat(pick(peer, 1_000)).extracting(Picked::piece).noneMatch(held::get);
        picker.hold(new Bitfield(PIECES));
        assertThat(pick(peer, 1_000)).extracting(Picked::piece).contains(10, 15, 19);
    }

    @Test
    void aNewcomerIsAskedForNoMoreThanItIsToBeJudgedBy() {
        var newcomer = seed("newcomer");
        newcomer.newcomer(true);
        seed("another");
        var first = pick(newcomer, 100);
        assertThat(first).hasSize(32);
        assertThat(pick(newcomer, 100)).isEmpty();
        fetch(newcomer, first.get(0).piece());
        assertThat(pick(newcomer, 100)).hasSize(BLOCKS);
    }

    @Test
    void aNewcomerThatIsAloneIsNotHeldBack() {
        var newcomer = seed("newcomer");
        newcomer.newcomer(true);
        assertThat(pick(newcomer, 100)).hasSize(100);
    }

    @Test
    void aNewcomerThatRefusesAPieceMayBeginAnother() {
        var newcomer = seed("newcomer");
        newcomer.newcomer(true);
        seed("another");
        var refused = pick(newcomer, 100).get(0);
        picker.rejected(newcomer, refused.piece(), refused.block());
        assertThat(pick(newcomer, 100)).hasSize(BLOCKS);
    }

    @Test
    void whatWasBadIsLeftToWhoIsNoSuspectWhereThatIsSoonDone() {
        haveBut(10);
        var suspect = seed("suspect");
        var other = seed("other");
        other.rate(1 << 20);
        for (var block : pick(suspect, BLOCKS)) {
            picker.received(suspect, block.piece(), block.block(), NOBODY);
        }
        picker.failed(10);
        suspect.onParole(true);
        assertThat(pick(suspect, BLOCKS)).isEmpty();
        other.rate(0);
        assertThat(pick(suspect, BLOCKS)).hasSize(BLOCKS);
    }
}
