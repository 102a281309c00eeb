package net.shoal.base.metainfo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.Sha256Hash;

/** The {@code piece layers} of a v2 .torrent file (BEP 52): each is believed once it leads to the root the info dictionary gives. */
final class PieceLayers {
    private PieceLayers() {}

    /** Layers that are missing are left to be asked of peers; one that is wrong spoils the torrent. */
    static Map<Sha256Hash, List<Sha256Hash>> read(BValue layers, Info info) throws MetainfoException {
        var found = new HashMap<Sha256Hash, List<Sha256Hash>>();
        if (!info.hasV2() || !(layers instanceof BDict dict)) {
            return found;
        }
        int pieceLength = info.layout().pieceLength();
        var lengths = new HashMap<Sha256Hash, Long>();
        for (var file : info.files()) {
            if (file.length() > pieceLength) {
                file.piecesRoot().ifPresent(root -> lengths.put(root, file.length()));
            }
        }
        for (var entry : dict) {
            var key = entry.getKey();
            var root = key.length() == Sha256Hash.LENGTH ? Sha256Hash.read(key.buffer()) : Sha256Hash.ZERO;
            var length = lengths.get(root);
            // a layer of what is no longer than a piece says nothing that its root does not
            if (length != null) {
                found.put(root, layer(root, length, entry.getValue(), pieceLength));
            }
        }
        return found;
    }

    private static List<Sha256Hash> layer(Sha256Hash root, long length, BValue value, int pieceLength)
            throws MetainfoException {
        long pieces = (length + pieceLength - 1) / pieceLength;
        var bytes = value instanceof BString string ? string.buffer() : ByteBuffer.allocate(0);
        if (bytes.remaining() != pieces * Sha256Hash.LENGTH) {
            throw new MetainfoException("The torrent has " + bytes.remaining() + " bytes of piece hashes for a file of "
                    + pieces + " pieces, which take " + pieces * Sha256Hash.LENGTH + ".");
        }
        var layer = new ArrayList<Sha256Hash>((int) pieces);
        while (bytes.hasRemaining()) {
            layer.add(Sha256Hash.read(bytes));
        }
        int at = MerkleTree.pieceLayer(pieceLength);
        if (!MerkleTree.root(layer, at, MerkleTree.rootLayer(MerkleTree.blocks(length)))
                .equals(root)) {
            throw new MetainfoException(
                    "The torrent's piece hashes do not belong to its files: they do not lead to the root " + root
                            + ".");
        }
        return List.copyOf(layer);
    }
}
