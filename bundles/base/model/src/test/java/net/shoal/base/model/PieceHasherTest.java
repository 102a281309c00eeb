package net.shoal.base.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PieceHasherTest {
    private final PieceHasher hasher = new PieceHasher();
    private final byte[] data = data(9 * Block.SIZE + 77);

    @Test
    void hashesLikeTheStandards() {
        var abc = "xabcx".getBytes(StandardCharsets.US_ASCII);
        // FIPS 180-4, the examples of one block
        assertThat(hasher.sha1(abc, 1, 3).hex()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(hasher.block(abc, 1, 3).hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(hasher.block(ByteBuffer.wrap(abc, 1, 3))).isEqualTo(hasher.block(abc, 1, 3));
    }

    @Test
    void addsUpAPieceThatComesInParts() {
        var whole = hasher.sha1(data, 0, data.length);
        hasher.updateSha1(data, 0, 1000);
        hasher.updateSha1(ByteBuffer.wrap(data, 1000, data.length - 1000));
        assertThat(hasher.finishSha1()).isEqualTo(whole);
        assertThat(hasher.sha1(data, 0, data.length)).isEqualTo(whole);
    }

    @Test
    void aNodeIsTheRootOverTheBlocksBelow() {
        for (int length : List.of(
                1, Block.SIZE - 1, Block.SIZE, Block.SIZE + 1, 3 * Block.SIZE, 8 * Block.SIZE, data.length - 5)) {
            var leaves = new ArrayList<Sha256Hash>();
            for (int at = 0; at < length; at += Block.SIZE) {
                leaves.add(hasher.block(data, 5 + at, Math.min(Block.SIZE, length - at)));
            }
            for (int layer = MerkleTree.rootLayer(leaves.size()); layer < 10; layer++) {
                assertThat(hasher.node(data, 5, length, layer)).isEqualTo(MerkleTree.root(leaves, 0, layer));
            }
        }
    }

    @Test
    void growsForLargePieces() {
        var large = data(101 * Block.SIZE + 1);
        var leaves = new ArrayList<Sha256Hash>();
        for (int at = 0; at < large.length; at += Block.SIZE) {
            leaves.add(hasher.block(large, at, Math.min(Block.SIZE, large.length - at)));
        }
        assertThat(new PieceHasher().node(large, 0, large.length, 7)).isEqualTo(MerkleTree.root(leaves, 0, 7));
    }

    @Test
    void refusesWhatDoesNotFitBelowTheNode() {
        assertThatThrownBy(() -> hasher.node(data, 0, 2 * Block.SIZE + 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hasher.node(data, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] data(int length) {
        var data = new byte[length];
        new Random(7).nextBytes(data);
        return data;
    }
}
