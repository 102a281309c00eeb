package net.shoal.engine.swarm;

import java.nio.ByteBuffer;
import net.shoal.base.model.Block;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.picker.BlockSink;
import net.shoal.engine.picker.PickerPeer;
import org.jspecify.annotations.Nullable;

/**
 * What we ask one peer for. As many requests are under way as keep it busy for some seconds: at first few, since it may be slow, and more with each
 * block that comes, which doubles them each round trip, and with blocks in quick succession quadruples them; until the rate no longer grows, and from
 * then on by the rate.
 *
 * <p>A peer that sends nothing for a while is <em>snubbed</em>: the picker may give its blocks to others, and it is asked for no more
 * until one of them comes after all.
 */
final class RequestPipeline implements BlockSink, Budget.Taker {
    /** More would tie a whole piece to a peer that may turn out to be slow. */
    private static final int FIRST_DEPTH = 4;

    private static final int MIN_DEPTH = 2;

    /** Blocks that follow one another so soon, in nanoseconds, come from somebody with 300 kB a second or more. */
    private static final long QUICK = 50_000_000L;

    private static final int QUICK_GROWTH = 3;

    /** A peer that has come to have so many requests at once is fast, whatever its rate was. */
    private static final int FAST_DEPTH = 64;
    /** 32 MB: what is under way on 1 Gbit/s around the world. */
    private static final int MAX_DEPTH = 2_000;
    /** Of a peer that has not told (reqq). */
    static final int DEFAULT_PEER_LIMIT = 250;

    /** Below what a peer says it takes (reqq): Transmission rejects the request that would fill its queue. */
    private static final int PEER_LIMIT_MARGIN = 2;

    /** Then a piece that it refused is asked for again; it may be the only one who has it. */
    private static final long REFUSED_FOR = 5_000_000_000L;

    /** A request may ask for so much of what is to be under way: a peer that is slow is asked for single blocks. */
    private static final int REQUESTS_UNDER_WAY = 8;

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
    /** Blocks that it takes one request for: a power of two. */
    private int peerBlocks = 1;

    private boolean slowStart = true;
    private long lastRate;
    private long lastProgress;
    private boolean snubbed;
    private boolean refused;
    private long refusedSince;

    /** The request that is being made up. */
    private int askedPiece;

    private int askedFirst;
    private int askedCount;

    /** What is arriving: blocks of a piece that were asked for at once. */
    private int piece = -1;

    private int first;
    private int count;
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

    /** @param bytes of the longest request that it answers */
    void longestRequest(int bytes) {
        int blocks = Math.max(1, bytes / Block.SIZE);
        peerBlocks = Integer.highestOneBit(Math.min(OutstandingRequests.MAX_BLOCKS, blocks));
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
        ask();
        download.haveAsked();
    }

    @Override
    public void onTurn() {
        fill();
    }

    @Override
    public void block(int index, int number) {
        download.asked(picks.owner(), index);
        budget.spend(lengthOf(index, number, 1));
        // no request crosses a multiple of the longest, so that its memory, and what the peer reads at once, lie
        // together
        boolean follows = index == askedPiece && number == askedFirst + askedCount && number % longest() != 0;
        if (askedCount > 0 && !follows) {
            ask();
        }
        if (askedCount == 0) {
            askedPiece = index;
            askedFirst = number;
        }
        askedCount++;
    }

    /** Blocks of one request. Where there is a limit, what comes is to be spread as evenly as may be. */
    private int longest() {
        if (budget.isLimited()) {
            return 1;
        }
        return Math.min(peerBlocks, Integer.highestOneBit(Math.max(1, depth / REQUESTS_UNDER_WAY)));
    }

    private void ask() {
        if (askedCount > 0) {
            outstanding.add(askedPiece, askedFirst, askedCount);
            link.send(new Message.Request(
                    askedPiece, askedFirst * Block.SIZE, lengthOf(askedPiece, askedFirst, askedCount)));
            askedCount = 0;
        }
    }

    /** Bytes of so many blocks. */
    private int lengthOf(int index, int from, int blocks) {
        return Math.min(blocks * Block.SIZE, content.layout().lengthOf(index) - from * Block.SIZE);
    }

    /**
     * A block begins to arrive, or several that were asked for at once.
     *
     * @return where to, or null if it is of no use
     */
    @Nullable
    ByteBuffer begin(int index, int offset, int length) throws ProtocolException {
        if (!content.layout().contains(index, offset, length)) {
            throw new ProtocolException("sent " + length + " bytes at " + offset + " of piece " + index);
        }
        int from = offset / Block.SIZE;
        int blocks = (length + Block.SIZE - 1) / Block.SIZE;
        boolean whole = offset % Block.SIZE == 0 && length == lengthOf(index, from, blocks);
        int asked = 0;
        int needed = 0;
        for (int number = from; whole && number < from + blocks; number++) {
            boolean isAsked = outstanding.contains(index, number);
            asked += isAsked ? 1 : 0;
            needed += isAsked && content.picker().isNeeded(index, number) ? 1 : 0;
        }
        if (asked == 0 && link.kind() == PeerLink.Kind.PEER) {
            patience.spend(Patience.ofBlock(length), "blocks", content.loop().nanoTime());
        }
        if (needed == 0) {
            arrived(index, from, blocks, length);
            download.waste(length);
            return null;
        }
        piece = index;
        first = from;
        count = blocks;
        var memory = isFast() && needed == blocks ? download.claim(index, from, blocks, length) : null;
        direct = memory != null;
        return memory != null ? memory : scratch(length);
    }

    private boolean isFast() {
        return !snubbed && (lastRate >= DIRECT_RATE || (slowStart && depth > FAST_DEPTH));
    }

    private ByteBuffer scratch(int length) {
        var buffer = scratch;
        if (buffer == null || buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(Math.max(Block.SIZE, length));
            scratch = buffer;
        }
        return buffer.clear().limit(length);
    }

    /** It has arrived. */
    void end(PeerConnection peer, int length) {
        long now = content.loop().nanoTime();
        if (slowStart) {
            depth = Math.min(MAX_DEPTH, depth + count * (now - lastProgress < QUICK ? QUICK_GROWTH : 1));
        }
        lastProgress = now;
        snubbed = false;
        int index = piece;
        piece = -1;
        for (int number = first; number < first + count; number++) {
            int size = lengthOf(index, number, 1);
            boolean asked = arrived(index, number, size);
            if (direct) {
                download.arrived(peer, index, number);
            } else if (scratch != null && isStillNeeded(peer, index, number, asked)) {
                download.arrived(peer, index, number, scratch.slice((number - first) * Block.SIZE, size));
            }
        }
    }

    private void arrived(int index, int from, int blocks, int length) {
        int rest = length;
        for (int number = from; number < from + blocks; number++) {
            int size = Math.min(Block.SIZE, rest);
            arrived(index, number, size);
            rest -= size;
        }
    }

    /** @return true if it was asked for */
    private boolean arrived(int index, int number, int length) {
        boolean asked = outstanding.remove(index, number);
        if (!asked) {
            intake.charge(length);
        } else if (unpaid > 0) {
            unpaid--;
            intake.charge(length);
        }
        return asked;
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
            outstanding.forEachAfter(KEPT, this::sendCancel);
        }
    }

    private void sendCancel(OutstandingRequests.Request request) {
        int from = request.first();
        int length = lengthOf(request.piece(), from, request.count());
        link.send(new Message.Cancel(request.piece(), from * Block.SIZE, length));
    }

    /** Not if it came from someone else meanwhile, or someone fast is just receiving it. */
    private boolean isStillNeeded(PeerConnection peer, int index, int number, boolean asked) {
        boolean needed = asked && content.picker().isNeeded(index, number);
        if (needed && download.isClaimed(index, number)) {
            if (!peer.swarm().peers().closeStalled(index, number)) {
                content.picker().release(picks, index, number);
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
                && isArriving(index, number)
                && (snubbed || content.loop().nanoTime() - lastProgress > SNUB_AFTER / 4);
    }

    private boolean isArriving(int index, int number) {
        return piece == index && number >= first && number < first + count;
    }

    /** Someone else was quicker. What was asked for at once is cancelled at once. */
    void cancel(int index, int number) {
        var request = outstanding.requestOf(index, number);
        if (request != null) {
            outstanding.remove(index, number);
            givenUp(1);
            if (isDone(request)) {
                sendCancel(request);
            }
        }
    }

    private boolean isDone(OutstandingRequests.Request request) {
        for (int number = request.first(); number < request.first() + request.count(); number++) {
            if (outstanding.contains(request.piece(), number)) {
                return false;
            }
        }
        return true;
    }

    /** The peer lost this piece: nothing of it will come, but for the block that is on its way already. */
    void forget(int index) {
        for (int number = 0; number < content.layout().blockCount(index); number++) {
            if (!isArriving(index, number) && outstanding.remove(index, number)) {
                content.picker().release(picks, index, number);
            }
        }
    }

    /**
     * BEP 6.
     *
     * @return false if it was not asked for that
     */
    boolean onReject(int index, int offset, int length) {
        int from = offset / Block.SIZE;
        int blocks = Math.min(OutstandingRequests.MAX_BLOCKS, Math.max(1, length / Block.SIZE));
        boolean wasAsked = false;
        for (int number = from; number < from + blocks; number++) {
            if (outstanding.remove(index, number)) {
                wasAsked = true;
                givenUp(1);
                content.picker().rejected(picks, index, number);
            }
        }
        if (wasAsked && !refused) {
            refused = true;
            refusedSince = content.loop().nanoTime();
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
            download.unclaim(piece, first, count);
        }
        piece = -1;
        givenUp(outstanding.size());
        outstanding.clear();
        budget.leave(this);
        content.picker().removePeer(picks);
    }
}
