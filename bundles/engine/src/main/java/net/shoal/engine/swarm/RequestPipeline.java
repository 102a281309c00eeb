package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import net.shoal.base.model.Block;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.picker.BlockSink;
import net.shoal.engine.picker.PickerPeer;
import org.jspecify.annotations.Nullable;

/**
 * What we ask one peer for. As many requests are under way as keep it busy for some seconds: at first few, and one more with each
 * block that comes, which doubles them each round trip, until the rate no longer grows; from then on by the rate.
 *
 * <p>A peer that sends nothing for a while is <em>snubbed</em>: the picker may give its blocks to others, and it is asked for no more
 * until one of them comes after all.
 */
final class RequestPipeline implements BlockSink, Budget.Taker {
    private static final int FIRST_DEPTH = 16;
    private static final int MIN_DEPTH = 4;
    /** 32 MB: what is under way on 1 Gbit/s around the world. */
    private static final int MAX_DEPTH = 2_000;
    /** Of a peer that has not told (reqq). */
    static final int DEFAULT_PEER_LIMIT = 250;

    /** Below what a peer says it takes (reqq): Transmission rejects the request that would fill its queue. */
    private static final int PEER_LIMIT_MARGIN = 2;

    /** Then a piece that it refused is asked for again; it may be the only one who has it. */
    private static final long REFUSED_FOR = 5_000_000_000L;

    /** Left to a peer when it is asked to forget the rest. */
    private static final int KEPT = 2;

    private static final int QUEUE_SECONDS = 3;
    private static final long SNUB_AFTER = 20_000_000_000L;
    /** From this rate on a block is received straight into its piece; below, a copy costs nothing and a block cut short leaves no trace. */
    private static final long DIRECT_RATE = 256 * 1024;

    private final PeerLink link;
    private final Content content;
    private final Download download;
    private final PickerPeer<PeerConnection> picks;
    private final Budget budget;
    private final Intake intake;
    private final Patience patience;
    private final OutstandingRequests outstanding = new OutstandingRequests();
    /** Of the requests outstanding. */
    private int unpaid;

    private int depth = FIRST_DEPTH;
    private int peerLimit = DEFAULT_PEER_LIMIT;
    private boolean slowStart = true;
    private long lastRate;
    private long lastProgress;
    private boolean snubbed;
    private boolean refused;
    private long refusedSince;

    private int piece = -1;
    private int block;
    private boolean direct;
    private @Nullable ByteBuffer scratch;

    RequestPipeline(
            PeerLink link,
            Content content,
            Download download,
            PickerPeer<PeerConnection> picks,
            Budget budget,
            Intake intake,
            Patience patience) {
        this.link = link;
        this.content = content;
        this.download = download;
        this.picks = picks;
        this.budget = budget;
        this.intake = intake;
        this.patience = patience;
    }

    int size() {
        return outstanding.size();
    }

    boolean isSnubbed() {
        return snubbed;
    }

    /** When a block last came, or the first request went out. */
    long lastProgress() {
        return lastProgress;
    }

    void peerLimit(int limit) {
        peerLimit = Math.max(1, limit - PEER_LIMIT_MARGIN);
    }

    /** Asks for more where there is room, in lots rather than one by one. */
    void fill() {
        int target = snubbed ? 1 : Math.min(Math.min(depth, peerLimit), download.depth(picks.owner()));
        int room = target - outstanding.size();
        if (room <= 0 || room * 8 < target || !download.mayRequest()) {
            return;
        }
        int may = (int) (budget.mayTake(this, (long) room * Block.SIZE) / Block.SIZE);
        if (may == 0) {
            return;
        }
        if (outstanding.size() == 0) {
            lastProgress = content.loop().nanoTime();
        }
        content.picker().pick(picks, may, this);
        download.haveAsked();
    }

    @Override
    public void onTurn() {
        fill();
    }

    @Override
    public void block(int index, int number) {
        outstanding.add(index, number);
        download.asked(picks.owner(), index);
        var wanted = content.layout().block(index, number);
        budget.spend(wanted.length());
        link.send(new Message.Request(index, wanted.offset(), wanted.length()));
    }

    /**
     * A block begins to arrive.
     *
     * @return where to, or null if it is of no use
     */
    @Nullable
    ByteBuffer begin(int index, int offset, int length) throws ProtocolException {
        if (!content.layout().contains(index, offset, length)) {
            throw new ProtocolException("sent " + length + " bytes at " + offset + " of piece " + index);
        }
        int number = offset / Block.SIZE;
        boolean asked = offset % Block.SIZE == 0
                && length == content.layout().block(index, number).length()
                && outstanding.contains(index, number);
        if (!asked && link.kind() == PeerLink.Kind.PEER) {
            patience.spend(Patience.ofBlock(length), "blocks", content.loop().nanoTime());
        }
        if (!asked || !content.picker().isNeeded(index, number)) {
            arrived(index, number, length);
            download.waste(length);
            return null;
        }
        piece = index;
        block = number;
        var memory = isFast() ? download.claim(index, number, length) : null;
        direct = memory != null;
        return memory != null ? memory : scratch(length);
    }

    private boolean isFast() {
        return !snubbed && (lastRate >= DIRECT_RATE || (slowStart && depth > 4 * FIRST_DEPTH));
    }

    private ByteBuffer scratch(int length) {
        var buffer = scratch;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(Block.SIZE);
            scratch = buffer;
        }
        return buffer.clear().limit(length);
    }

    /** It has arrived. */
    void end(PeerConnection peer, int length) {
        arrived(piece, block, length);
        lastProgress = content.loop().nanoTime();
        snubbed = false;
        if (slowStart && depth < MAX_DEPTH) {
            depth++;
        }
        int index = piece;
        piece = -1;
        if (direct) {
            download.arrived(peer, index, block);
        } else if (scratch != null && isStillNeeded(peer, index)) {
            download.arrived(peer, index, block, scratch);
        }
    }

    private void arrived(int index, int number, int length) {
        if (!outstanding.remove(index, number)) {
            intake.charge(length);
        } else if (unpaid > 0) {
            unpaid--;
            intake.charge(length);
        }
    }

    /** Requests that will not be answered. */
    private void givenUp(int count) {
        int free = Math.min(unpaid, count);
        unpaid -= free;
        budget.giveBack((long) (count - free) * Block.SIZE);
    }

    /**
     * Less may be moved than when it was asked for what is outstanding.
     *
     * @param fast the peer tells what it does not send any more (BEP 6)
     */
    void limitLowered(boolean fast) {
        unpaid = outstanding.size();
        if (fast) {
            outstanding.forEachAfter(KEPT, (index, number) -> {
                var wanted = content.layout().block(index, number);
                link.send(new Message.Cancel(index, wanted.offset(), wanted.length()));
            });
        }
    }

    /** Not if it came from someone else meanwhile, or someone fast is just receiving it. */
    private boolean isStillNeeded(PeerConnection peer, int index) {
        boolean needed = content.picker().isNeeded(index, block);
        if (needed && download.isClaimed(index, block)) {
            if (!peer.swarm().peers().closeStalled(index, block)) {
                content.picker().release(picks, index, block);
                needed = false;
            }
        }
        if (!needed) {
            download.waste(Block.SIZE);
        }
        return needed;
    }

    /** True if it is receiving this block straight into its piece, and has stalled. */
    boolean hasStalledIn(int index, int number) {
        return direct
                && piece == index
                && block == number
                && (snubbed || content.loop().nanoTime() - lastProgress > SNUB_AFTER / 4);
    }

    /** Someone else was quicker. */
    void cancel(int index, int number) {
        if (outstanding.remove(index, number)) {
            givenUp(1);
            var wanted = content.layout().block(index, number);
            link.send(new Message.Cancel(index, wanted.offset(), wanted.length()));
        }
    }

    /** The peer lost this piece: nothing of it will come, but for the block that is on its way already. */
    void forget(int index) {
        for (int number = 0; number < content.layout().blockCount(index); number++) {
            boolean arriving = piece == index && block == number;
            if (!arriving && outstanding.remove(index, number)) {
                content.picker().release(picks, index, number);
            }
        }
    }

    /**
     * BEP 6.
     *
     * @return false if it was not asked for that
     */
    boolean onReject(int index, int offset) {
        int number = offset / Block.SIZE;
        boolean wasAsked = outstanding.remove(index, number);
        if (wasAsked) {
            givenUp(1);
            content.picker().rejected(picks, index, number);
            if (!refused) {
                refused = true;
                refusedSince = content.loop().nanoTime();
            }
        }
        return wasAsked;
    }

    /** @param fast it will reject what it does not send any more (BEP 6) */
    void onChoke(boolean fast) {
        picks.choking(true);
        if (!fast) {
            givenUp(outstanding.size());
            outstanding.clear();
            content.picker().releaseAll(picks);
        }
    }

    void onUnchoke() {
        picks.choking(false);
        depth = Math.max(depth, FIRST_DEPTH);
        slowStart = true;
    }

    /** Once a second. */
    void tick(long rate, long now) {
        picks.rate(rate);
        if (refused && now - refusedSince > REFUSED_FOR) {
            refused = false;
            picks.forgetRefusals();
        }
        if (slowStart && lastRate > 0 && rate < lastRate + lastRate / 20) {
            slowStart = false;
        }
        lastRate = rate;
        if (intake.isOff()) {
            lastProgress = now;
        }
        if (!slowStart) {
            depth = (int) Math.max(MIN_DEPTH, Math.min(MAX_DEPTH, rate * QUEUE_SECONDS / Block.SIZE));
        }
        if (outstanding.size() > 0 && !snubbed && now - lastProgress > SNUB_AFTER) {
            snubbed = true;
            slowStart = false;
            depth = MIN_DEPTH;
            content.picker().releaseAll(picks);
        }
    }

    /** The connection is over. */
    void close() {
        if (piece >= 0 && direct) {
            download.unclaim(piece, block);
        }
        piece = -1;
        givenUp(outstanding.size());
        outstanding.clear();
        budget.leave(this);
        content.picker().removePeer(picks);
    }
}
