package net.shoal.base.metainfo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;

/** The hashes of all pieces. Filled by several threads, each writing pieces of its own; read once they are done. */
final class HashResult {
    private final CreatePlan plan;
    private final byte[] v1;
    private final Sha256Hash[] v2;

    HashResult(CreatePlan plan) {
        this.plan = plan;
        this.v1 = new byte[plan.hasV1() ? plan.pieces() * Sha1Hash.LENGTH : 0];
        this.v2 = new Sha256Hash[plan.hasV2() ? plan.pieces() : 0];
    }

    void v1(int piece, Sha1Hash hash) {
        hash.write(ByteBuffer.wrap(v1, piece * Sha1Hash.LENGTH, Sha1Hash.LENGTH));
    }

    void v2(int piece, Sha256Hash node) {
        v2[piece] = node;
    }

    BString pieces() {
        return BString.view(ByteBuffer.wrap(v1));
    }

    /** The nodes over the pieces of a file that is not empty. */
    List<Sha256Hash> layer(int file) {
        int first = (int) (plan.offsets().get(file) / plan.pieceLength());
        long count = (plan.files().get(file).length() + plan.pieceLength() - 1) / plan.pieceLength();
        var layer = new ArrayList<Sha256Hash>((int) count);
        for (int i = 0; i < count; i++) {
            layer.add(v2[first + i]);
        }
        return layer;
    }

    Sha256Hash root(int file) {
        var layer = layer(file);
        return layer.size() == 1
                ? layer.get(0)
                : MerkleTree.root(
                        layer,
                        MerkleTree.pieceLayer(plan.pieceLength()),
                        MerkleTree.rootLayer(
                                MerkleTree.blocks(plan.files().get(file).length())));
    }
}
