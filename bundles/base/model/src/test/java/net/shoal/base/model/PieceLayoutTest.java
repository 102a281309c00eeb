package net.shoal.base.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PieceLayoutTest {
    @Test
    void onlyTheLastPieceOfAContiguousLayoutIsShort() {
        var layout = PieceLayout.contiguous(100_000, 32_768);
        assertThat(layout.pieceCount()).isEqualTo(4);
        assertThat(layout.lengthOf(0)).isEqualTo(32_768);
        assertThat(layout.lengthOf(3)).isEqualTo(100_000 - 3 * 32_768);
        assertThat(layout.blockCount(3)).isEqualTo(1);
        assertThat(layout.block(3, 0)).isEqualTo(new Block(3, 0, 1696));
    }

    @Test
    void everyFileOfAnAlignedLayoutEndsItsOwnPiece() {
        var layout = PieceLayout.aligned(List.of(40_000L, 0L, 10L), 32_768);
        assertThat(layout.pieceCount()).isEqualTo(3);
        assertThat(layout.lengthOf(1)).isEqualTo(40_000 - 32_768);
        assertThat(layout.lengthOf(2)).isEqualTo(10);
        assertThat(layout.totalLength()).isEqualTo(40_010);
    }

    @Test
    void refusesWhatLiesOutsideAPiece() {
        var layout = PieceLayout.contiguous(20_000, 16_384);
        assertThat(layout.contains(1, 0, 3616)).isTrue();
        assertThat(layout.contains(1, 0, 3617)).isFalse();
        assertThat(layout.contains(2, 0, 1)).isFalse();
        assertThat(layout.contains(0, Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
        assertThat(layout.contains(-1, 0, 1)).isFalse();
    }

    @Test
    void peersMayAskForWholeBlocksWhereAFileOfAlignedContentEnds() {
        var layout = PieceLayout.aligned(List.of(40_000L, 10L), 32_768);
        assertThat(layout.maySend(1, 0, 16_384)).isTrue();
        assertThat(layout.maySend(1, 0, 16_385)).isFalse();
        assertThat(layout.maySend(2, 10, 16_374)).isFalse();
        assertThat(layout.maySend(2, Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
        assertThat(layout.contains(1, 0, 16_384)).isFalse();
        assertThat(PieceLayout.contiguous(20_000, 16_384).maySend(1, 0, 16_384)).isFalse();
    }

    @Test
    void emptyContentHasNoPieces() {
        assertThat(PieceLayout.contiguous(0, 16_384).pieceCount()).isZero();
    }
}
