package net.shoal.engine.swarm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.model.Block;
import net.shoal.base.model.MerkleTree;
import net.shoal.base.model.PieceHasher;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.merkle.HashAnswer;
import net.shoal.engine.merkle.HashTrees;

/** v2 hashes on the wire, in both directions (BEP 52). */
final class HashExchange {
    /** Leaves are hashed from disk for so many requests at a time; others are refused meanwhile. */
    private static final int MAX_LEAF_READS = 4;
    /** Requests of a peer that wait until its link takes more, most likely of the blocks that it is being sent. */
    private static final int MAX_WAITING = 8;

    private final Content content;
    private final HashTrees trees;
    private final Swarm swarm;
    private final Map<PeerConnection, HashAllowance> allowances = new HashMap<>();
    private final Map<PeerConnection, Queue<Message.HashRequest>> waiting = new HashMap<>();
    private int leafReads;

    HashExchange(Content content, HashTrees trees, Swarm swarm) {
        this.content = content;
        this.trees = trees;
        this.swarm = swarm;
    }

    /** Asks this peer for what it may be able to prove. */
    void ask(PeerConnection peer) {
        if (peer.isClosed() || !peer.speaksV2()) {
            return;
        }
        while (true) {
            var request =
                    trees.request(peer, peer.picks().pieces(), content.loop().nanoTime());
            if (request.isEmpty()) {
                return;
            }
            peer.link().send(request.get());
        }
    }

    /** From time to time: for requests that timed out, and hashes that are wanted since. Those who are known come first. */
    void askAll() {
        var all = swarm.peers().all();
        for (boolean known : new boolean[] {true, false}) {
            for (var peer : all) {
                if (peer.trust().isKnown() == known) {
                    ask(peer);
                }
            }
        }
    }

    /** Others may know what the first who were asked do not say. */
    void askOthers() {
        if (trees.waitsForLeaves()) {
            askAll();
        }
    }

    void onMessage(PeerConnection peer, Message message) throws ProtocolException {
        if (message instanceof Message.HashRequest request) {
            onRequest(peer, request);
        } else if (message instanceof Message.Hashes hashes) {
            onHashes(peer, hashes);
        } else if (message instanceof Message.HashReject reject) {
            trees.rejected(peer, reject, content.loop().nanoTime());
            ask(peer);
        }
    }

    private void onHashes(PeerConnection peer, Message.Hashes hashes) throws ProtocolException {
        switch (trees.received(peer, hashes)) {
            case ACCEPTED -> {
                content.checkWaits();
                swarm.download().hashesCame();
                ask(peer);
            }
            case UNREQUESTED -> peer.waste(1 + hashes.hashes().size() / 8, "hashes");
            case BAD_PROOF -> swarm.peers().ban(peer, "sent hashes that prove nothing");
        }
    }

    private void onRequest(PeerConnection peer, Message.HashRequest request) throws ProtocolException {
        long now = content.loop().nanoTime();
        var allowance = allowances.computeIfAbsent(peer, any -> new HashAllowance(now));
        allowance.asked(now);
        if (peer.link().isWritable()) {
            answer(peer, request, allowance);
            return;
        }
        var queue = waiting.computeIfAbsent(peer, any -> new ArrayDeque<>());
        if (queue.size() < MAX_WAITING) {
            queue.add(request);
        } else {
            refuse(peer, request);
        }
    }

    /** Its link takes more. */
    void onWritable(PeerConnection peer) {
        var queue = waiting.get(peer);
        var allowance = allowances.get(peer);
        while (queue != null
                && allowance != null
                && !queue.isEmpty()
                && peer.link().isWritable()) {
            answer(peer, queue.remove(), allowance);
        }
    }

    private void answer(PeerConnection peer, Message.HashRequest request, HashAllowance allowance) {
        if (!allowance.maySend(Math.max(0, request.length()))) {
            refuse(peer, request);
            return;
        }
        var answer = trees.answer(request, content.picker().have());
        if (answer instanceof HashAnswer.NeedsLeaves needs) {
            readLeaves(peer, needs, allowance);
        } else {
            send(peer, answer);
        }
    }

    private void send(PeerConnection peer, HashAnswer answer) {
        if (peer.isClosed()) {
            return;
        }
        if (answer instanceof HashAnswer.Reply reply) {
            peer.link().send(reply.message());
        } else if (answer instanceof HashAnswer.Refuse refuse) {
            peer.link().send(refuse.message());
        }
    }

    private void readLeaves(PeerConnection peer, HashAnswer.NeedsLeaves needs, HashAllowance allowance) {
        var lengths = new int[needs.pieces()];
        long blocks = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = trees.lengthOf(needs.firstPiece() + i);
            blocks += MerkleTree.blocks(lengths[i]);
        }
        if (leafReads >= MAX_LEAF_READS || !allowance.mayRead((int) blocks)) {
            refuse(peer, needs.request());
            return;
        }
        leafReads++;
        content.disk().submit(store -> hash(store, needs.firstPiece(), lengths), new ContentDisk.Result<>() {
            @Override
            public void done(List<Sha256Hash> leaves) {
                leafReads--;
                send(peer, trees.answer(needs.request(), leaves));
            }

            @Override
            public void failed(IOException cause) {
                leafReads--;
                refuse(peer, needs.request());
            }
        });
    }

    private void refuse(PeerConnection peer, Message.HashRequest r) {
        send(
                peer,
                new HashAnswer.Refuse(
                        new Message.HashReject(r.piecesRoot(), r.baseLayer(), r.index(), r.length(), r.proofLayers())));
    }

    private static List<Sha256Hash> hash(PieceStore store, int firstPiece, int[] lengths) throws IOException {
        var hasher = new PieceHasher();
        var leaves = new ArrayList<Sha256Hash>();
        var buffer = ByteBuffer.allocate(Block.SIZE);
        for (int i = 0; i < lengths.length; i++) {
            for (int at = 0; at < lengths[i]; at += Block.SIZE) {
                buffer.clear().limit(Math.min(Block.SIZE, lengths[i] - at));
                if (store.read(firstPiece + i, at, buffer) < buffer.limit()) {
                    throw new EOFException("content is shorter than it was when it was verified");
                }
                leaves.add(hasher.block(buffer.array(), 0, buffer.limit()));
            }
        }
        return leaves;
    }

    void forget(PeerConnection peer) {
        trees.removePeer(peer);
        allowances.remove(peer);
        waiting.remove(peer);
    }
}
