package net.shoal.base.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    @Test
    void countsLayersFromTheLeavesUp() {
        assertThat(MerkleTree.rootLayer(0)).isZero();
        assertThat(MerkleTree.rootLayer(1)).isZero();
        assertThat(MerkleTree.rootLayer(2)).isEqualTo(1);
        assertThat(MerkleTree.rootLayer(3)).isEqualTo(2);
        assertThat(MerkleTree.rootLayer(4)).isEqualTo(2);
        assertThat(MerkleTree.rootLayer(5)).isEqualTo(3);
        assertThat(MerkleTree.blocks(1)).isEqualTo(1);
        assertThat(MerkleTree.blocks(16_385)).isEqualTo(2);
        assertThat(MerkleTree.pieceLayer(16_384)).isZero();
        assertThat(MerkleTree.pieceLayer(131_072)).isEqualTo(3);
    }

    @Test
    void paddingIsTheTreeOverZeroLeaves() {
        assertThat(MerkleTree.pad(0)).isEqualTo(Sha256Hash.ZERO);
        // SHA-256 of 64 zero bytes
        assertThat(MerkleTree.pad(1).hex())
                .isEqualTo("f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
        assertThat(MerkleTree.pad(2)).isEqualTo(MerkleTree.parent(MerkleTree.pad(1), MerkleTree.pad(1)));
        assertThat(MerkleTree.root(List.of(), 0, 3)).isEqualTo(MerkleTree.pad(3));
    }

    @Test
    void fillsUpWithZeroLeaves() {
        var leaves = leaves(5);
        var all = new ArrayList<>(leaves);
        while (all.size() < 8) {
            all.add(Sha256Hash.ZERO);
        }
        assertThat(MerkleTree.root(leaves, 0, 3)).isEqualTo(MerkleTree.root(all, 0, 3));
        assertThat(MerkleTree.layer(leaves, 0, 1)).hasSize(3);
        assertThat(MerkleTree.root(MerkleTree.layer(leaves, 0, 1), 1, 3)).isEqualTo(MerkleTree.root(leaves, 0, 3));
        assertThatThrownBy(() -> MerkleTree.root(leaves, 0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyRangeIsProvenByItsUncles() {
        for (int count : List.of(1, 2, 3, 5, 8, 13)) {
            int rootLayer = MerkleTree.rootLayer(count);
            var root = MerkleTree.root(leaves(count), 0, rootLayer);
            for (int layer = 0; layer <= rootLayer; layer++) {
                var nodes = MerkleTree.layer(leaves(count), 0, layer);
                for (int length = 1; length <= 1 << (rootLayer - layer); length *= 2) {
                    for (int index = 0; index < nodes.size(); index += length) {
                        var uncles = MerkleTree.proof(nodes, layer, rootLayer, index, length);
                        assertThat(uncles).hasSize(rootLayer - layer - Integer.numberOfTrailingZeros(length));
                        var range = range(nodes, layer, index, length);
                        assertThat(MerkleTree.climb(range, layer, index, uncles))
                                .isEqualTo(root);
                    }
                }
            }
        }
    }

    @Test
    void aChangedHashOrUncleLeadsElsewhere() {
        var leaves = leaves(8);
        var root = MerkleTree.root(leaves, 0, 3);
        var uncles = MerkleTree.proof(leaves, 0, 3, 2, 2);
        assertThat(MerkleTree.climb(List.of(leaves.get(3), leaves.get(2)), 0, 2, uncles))
                .isNotEqualTo(root);
        assertThat(MerkleTree.climb(leaves.subList(2, 4), 0, 4, uncles)).isNotEqualTo(root);
        assertThat(MerkleTree.climb(leaves.subList(2, 4), 0, 2, List.of(uncles.get(1), uncles.get(0))))
                .isNotEqualTo(root);
    }

    @Test
    void refusesRangesThatAreNone() {
        assertThatThrownBy(() -> MerkleTree.proof(leaves(8), 0, 3, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.proof(leaves(8), 0, 3, 0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.climb(List.of(), 0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Sha256Hash> range(List<Sha256Hash> nodes, int layer, int index, int length) {
        var range = new ArrayList<Sha256Hash>();
        for (int i = index; i < index + length; i++) {
            range.add(i < nodes.size() ? nodes.get(i) : MerkleTree.pad(layer));
        }
        return range;
    }

    private static List<Sha256Hash> leaves(int count) {
        var leaves = new ArrayList<Sha256Hash>();
        for (int i = 0; i < count; i++) {
            leaves.add(Sha256Hash.ofContent(ByteBuffer.wrap(new byte[] {(byte) i})));
        }
        return leaves;
    }
}
