package net.shoal.engine.swarm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.model.PeerId;
import net.shoal.base.model.Sha1Hash;
import net.shoal.base.model.Sha256Hash;
import net.shoal.base.wire.Handshake;
import net.shoal.base.wire.WireReader;
import net.shoal.engine.limits.Connections;
import net.shoal.engine.limits.SharedRate;
import net.shoal.engine.picker.PiecePicker;
import net.shoal.engine.swarm.PeerBook.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that happens between us and the peers of one torrent. On its loop only.
 *
 * <pre>
 *   new → start → (fetching metadata) → setContent → downloading ⇄ seeding → close
 * </pre>
 */
public final class Swarm {
    private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);
    private static final long TICK = 1_000_000_000L;
    private static final long SPILL = 250_000_000L;
    /** How long a swarm without peers and without anything under way sleeps at most. */
    private static final long NAP = 60_000_000_000L;
    /** In this time a peer that is there answers. */
    private static final long CHECK_AFTER = 8_000_000_000L;

    private final SwarmContext context;
    private final SwarmOwner owner;
    private final Peers peers = new Peers(this);
    private final Choking choking;
    private final Dialling dialling;
    private final SwarmName name;
    private final SuperSeeding superSeeding;
    private Optional<Content> content = Optional.empty();
    private @Nullable Download download;
    private @Nullable ReadCache readCache;
    private @Nullable HashExchange hashExchange;
    private Loop.@Nullable Timer timer;
    private Loop.@Nullable Timer spilling;
    private boolean running;
    private boolean napping;
    private boolean completed;
    private final Totals totals;
    private final Connections.Share slots;
    /** For what does not go over the network. */
    private final Budget free;

    private final Budget down;
    private final Budget up;
    private TransferLimits limits = TransferLimits.NONE;

    public Swarm(SwarmContext context, InfoHashes hashes, SwarmOwner owner) {
        this.context = context;
        this.name = new SwarmName(hashes, context.peerId(), () -> dhtPort() > 0);
        this.owner = owner;
        this.superSeeding = new SuperSeeding(this, context.random());
        this.choking = new Choking(context.loop(), context.random(), peers);
        this.dialling = new Dialling(this);
        this.totals = new Totals(context.loop().nanoTime());
        this.slots = context.node().connections().new Share();
        this.free = new Budget(context.loop(), new SharedRate());
        this.down = new Budget(context.loop(), context.node().down());
        this.up = new Budget(context.loop(), context.node().up());
        limitsChanged();
    }

    /** Begins to dial and to keep time. Peers are welcome from here on. */
    public void start() {
        context.loop().assertInLoop();
        running = true;
        scheduleTick();
        scheduleSpilling();
        dialling.dial();
    }

    /**
     * Closes every connection and writes what has arrived; nothing happens from here on.
     *
     * @param idle runs, on the loop, when the disk has done all of it
     */
    public void end(String reason, Runnable idle) {
        context.loop().assertInLoop();
        running = false;
        if (timer != null) {
            timer.cancel();
        }
        if (spilling != null) {
            spilling.cancel();
        }
        peers.disconnectAll(reason);
        slots.content();
        down.close();
        up.close();
        if (download != null) {
            download.end();
        }
        if (content.isPresent()) {
            content.get().disk().whenIdle(idle);
        } else {
            context.loop().execute(idle);
        }
    }

    /** Ends, and closes the store; the swarm is not used again. */
    public void close(String reason, Runnable closed) {
        end(reason, () -> close(closed));
    }

    /** After {@link #end}: closes the store. */
    public void close(Runnable closed) {
        if (download != null) {
            download.close();
        }
        if (readCache != null) {
            readCache.close();
        }
        if (content.isPresent()) {
            content.get().disk().close(closed);
        } else {
            context.loop().execute(closed);
        }
    }

    // ---- content

    /** Tells it the info dictionary, so that it asks nobody for that, before the content can be given to it. */
    public void know(Info info) {
        context.loop().assertInLoop();
        onInfo(info);
    }

    /**
     * Gives it the content, once what of it is verified is known; before that it fetches the info dictionary at most. The swarm closes the
     * store in the end.
     */
    public void setContent(Metainfo metainfo, PieceStore store, Bitfield verified) {
        context.loop().assertInLoop();
        onInfo(metainfo.info());
        var disk = new ContentDisk(context.loop(), context.disk(), store);
        var known = new Content(context.loop(), metainfo, disk, context.random(), this::askForHashes);
        known.picker().markHave(verified);
        completed = known.picker().isFinished();
        download = new Download(
                known,
                new WriteCache(known.layout(), context.buffers(), context.node().writing().new Share()),
                new PieceEvents());
        readCache = new ReadCache(
                known.layout(), disk, context.buffers(), context.node().reading().new Share(), this::onDiskFailure);
        hashExchange =
                known.trees().map(trees -> new HashExchange(known, trees, this)).orElse(null);
        awake();
        content = Optional.of(known);
        peers.all().forEach(peer -> peer.onContent(known));
    }

    /**
     * Blocks on disk, by piece, that an earlier run has left there: they are not fetched again, and believed once their piece matches its
     * hash.
     */
    public void restore(Map<Integer, BitSet> blocks) {
        context.loop().assertInLoop();
        awake();
        blocks.forEach(download()::restore);
    }

    /** How much each piece is wanted, 0 to {@value PiecePicker#MAX_PRIORITY}; what has 0 is not fetched. */
    public void setPriorities(byte[] priorities) {
        context.loop().assertInLoop();
        var picker = picker();
        for (int piece = 0; piece < priorities.length; piece++) {
            picker.priority(piece, priorities[piece]);
        }
        wantsChanged();
    }

    /** More, or less, is wanted than before, or is there. */
    private void wantsChanged() {
        boolean was = completed;
        completed = picker().isFinished();
        var all = peers.all();
        all.forEach(peer -> peer.pieces().updateInterest());
        if (was != completed) {
            sayUploadOnly();
            if (completed) {
                all.forEach(peers::checkRedundant);
            } else {
                dialling.wakeRedundant();
            }
        }
        refill();
    }

    /** Pieces to fetch before all others that are wanted; in place of those given before. */
    public void setAhead(Bitfield pieces) {
        context.loop().assertInLoop();
        picker().ahead(pieces);
    }

    /** Pieces that somebody is about to read, before even those; in place of those given before. */
    public void setUrgent(Bitfield pieces) {
        context.loop().assertInLoop();
        picker().urgent(pieces);
        refill();
    }

    /** Of these, the one that was waited for too long; -1 for none. */
    public void setDue(int piece) {
        context.loop().assertInLoop();
        picker().due(piece);
        if (piece >= 0) {
            refill();
        }
    }

    /** BEP 16; it begins once we have everything. */
    public void superSeed(boolean wished) {
        context.loop().assertInLoop();
        superSeeding.wish(wished);
    }

    public void setSequential(boolean sequential) {
        context.loop().assertInLoop();
        picker().sequential(sequential);
    }

    /** Limits of its own, beside those of the node; they hold from now on. */
    public void limit(TransferLimits own) {
        context.loop().assertInLoop();
        limits = own;
        limitsChanged();
    }

    /** Those of the node have changed; they hold from now on. */
    public void limitsChanged() {
        context.loop().assertInLoop();
        boolean lowered = down.update(limits.downRate());
        up.update(limits.upRate());
        choking.limits(context.limits().uploadSlots(), up.limit());
        if (lowered) {
            peers.all().forEach(PeerConnection::limitLowered);
        }
        peers.trim();
    }

    /** Connections it may have. */
    int maxPeers() {
        int all = context.limits().maxPeers();
        return limits.maxPeers() == 0 ? all : Math.min(all, limits.maxPeers());
    }

    /** The connections it has of the node's. */
    Connections.Share slots() {
        return slots;
    }

    Budget down() {
        return down;
    }

    Budget up() {
        return up;
    }

    Budget downBudget(PeerLink link) {
        return link.kind() == PeerLink.Kind.SIBLING ? free : down;
    }

    Budget upBudget(PeerLink link) {
        return link.kind() == PeerLink.Kind.SIBLING ? free : up;
    }

    /** Piece layers found elsewhere; wrong ones are left out. */
    public void addPieceLayers(Map<Sha256Hash, List<Sha256Hash>> layers) {
        context.loop().assertInLoop();
        content.flatMap(Content::trees).ifPresent(trees -> trees.add(layers));
        content.ifPresent(Content::checkWaits);
    }

    /** After {@link SwarmOwner#onDiskFailure}: writes again, and fetches more once that goes well. */
    public void resume() {
        context.loop().assertInLoop();
        if (download != null) {
            download.retry();
        }
    }

    private final class PieceEvents implements Download.Events {
        @Override
        public void onVerified(int piece) {
            var all = peers.all();
            for (var peer : all) {
                peer.have(piece);
            }
            owner.onVerified(piece);
            if (!completed && picker().isFinished()) {
                wantsChanged();
                owner.onCompleted();
            }
        }

        @Override
        public void onGuilty(Set<PeerConnection> guilty) {
            guilty.forEach(peer -> peers.ban(peer, "sent a bad piece"));
        }

        @Override
        public void onContradiction(int piece) {
            if (running) {
                owner.onContradiction(piece);
            }
        }

        @Override
        public void onRoom() {
            refill();
        }

        @Override
        public void onSpilled() {
            owner.onSpilled();
        }

        @Override
        public void onDiskFailure(IOException cause) {
            Swarm.this.onDiskFailure(cause);
        }

        @Override
        public void onDiskRecovered() {
            if (running) {
                owner.onDiskRecovered();
            }
        }
    }

    private void onDiskFailure(IOException cause) {
        if (download != null) {
            download.halt();
        }
        if (running) {
            owner.onDiskFailure(cause);
        }
    }

    /** For extensions: bytes that may be our info dictionary. */
    boolean offerInfoDictionary(ByteBuffer bytes) {
        if (info().isPresent()) {
            return info().get().raw().equals(bytes);
        }
        var offered = name.read(bytes);
        offered.ifPresent(this::onOffered);
        return offered.isPresent();
    }

    private void onOffered(Info offered) {
        LOG.debug("{}: has its info dictionary", hashes().hex());
        onInfo(offered);
        owner.onMetadata(offered);
        // who waits for it now learns from whom to get it
        peers.all().forEach(PeerConnection::announceExtensions);
    }

    private void onInfo(Info known) {
        name.known(known);
        if (known.isPrivate()) {
            dialling.keepTrackerPeers();
            peers.keepTrackerPeers();
        }
    }

    // ---- peers

    /** Addresses to dial; bounded and deduplicated here. */
    public void found(Collection<PeerAddress> addresses) {
        context.loop().assertInLoop();
        dialling.found(addresses, Origin.DISCOVERY);
    }

    /** Addresses that a tracker gave: of a private torrent nobody else is dialled (BEP 27). */
    public void foundByTracker(Collection<PeerAddress> addresses) {
        context.loop().assertInLoop();
        dialling.found(addresses, Origin.TRACKER);
    }

    /** Another tracker of a private torrent has taken over: the peers of the one before are left (BEP 27). */
    public void forgetPeers() {
        context.loop().assertInLoop();
        dialling.forgetAll();
        peers.disconnectPeers("another tracker has taken over");
    }

    /** Addresses that a user named: they come first. */
    public void foundByUser(Collection<PeerAddress> addresses) {
        context.loop().assertInLoop();
        dialling.found(addresses, Origin.USER);
    }

    /**
     * What we say first.
     *
     * @param v2 name the torrent by its v2 infohash, where it has both
     */
    Handshake ourHandshake(boolean v2) {
        return name.handshake(v2);
    }

    /** The handshake to answer a peer that asked for this swarm. */
    public Handshake answer(Handshake theirs) {
        return name.answer(theirs);
    }

    /** True if a connection from there is worth an answer. */
    public boolean wants(PeerAddress address, Handshake theirs) {
        context.loop().assertInLoop();
        return peers.wants(address, theirs);
    }

    /** A connection after both handshakes, dialled by us or by them. Closes it if there is no use for it. */
    public void admit(PeerLink link, Handshake theirs) {
        context.loop().assertInLoop();
        peers.admit(link, theirs);
    }

    /**
     * Something that has content and is no peer, in the guise of one ({@link PeerLink#kind}). It takes nobody's place.
     *
     * @return false if it is not wanted: it is banned, or the swarm is closed
     */
    public boolean admitSource(PeerLink link) {
        context.loop().assertInLoop();
        var random = context.random();
        var id = new PeerId(new Sha1Hash(random.nextLong(), random.nextLong(), random.nextInt()));
        long reserved = Handshake.EXTENSION_PROTOCOL | Handshake.FAST;
        return peers.admitSource(
                link, new Handshake(reserved, name.hashes().primary().wire(), id));
    }

    /** These pieces, and no others, are fetched from siblings only. */
    public void hold(Bitfield pieces) {
        context.loop().assertInLoop();
        picker().hold(pieces);
        refill();
    }

    /** This piece too. */
    public void hold(int piece) {
        context.loop().assertInLoop();
        picker().hold(piece);
    }

    /** The piece is verified. */
    public boolean has(int piece) {
        return picker().have().get(piece);
    }

    /** The piece is still to come. */
    public boolean isWanted(int piece) {
        return picker().missing().get(piece);
    }

    /** What {@link #read} finds, on the loop. */
    public interface ReadResult {
        void onRead(ByteBuffer bytes);

        void onFailed(IOException cause);
    }

    /**
     * Reads content that is verified, for others than peers.
     *
     * @param at in piece space, in a stretch without a gap
     */
    public void read(long at, int length, ReadResult result) {
        context.loop().assertInLoop();
        var known = content.orElseThrow(() -> new IllegalStateException("the content is not known yet"));
        known.disk().submit(store -> read(store, at, length, known.layout().pieceLength()), new ContentDisk.Result<>() {
            @Override
            public void done(ByteBuffer bytes) {
                result.onRead(bytes);
            }

            @Override
            public void failed(IOException cause) {
                result.onFailed(cause);
            }
        });
    }

    private static ByteBuffer read(PieceStore store, long at, int length, int pieceLength) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            long here = at + bytes.position();
            if (store.read((int) (here / pieceLength), (int) (here % pieceLength), bytes) <= 0) {
                throw new EOFException("content that was there is gone");
            }
        }
        return bytes.flip();
    }

    /** True if it sent something bad. */
    public boolean isBanned(PeerAddress address) {
        context.loop().assertInLoop();
        return dialling.isBanned(address);
    }

    /** New extensions came, or some went. */
    public void extensionsChanged() {
        context.loop().assertInLoop();
        peers.all().forEach(PeerConnection::announceExtensions);
    }

    /** A peer is no longer connected; it may be worth while to dial another. */
    void onLeft(PeerConnection peer, boolean redundant) {
        if (hashExchange != null) {
            hashExchange.forget(peer);
        }
        superSeeding.onLeft(peer);
        dialling.closed(peer, redundant);
        if (running) {
            choking.fillSlots();
            refill();
            dialling.dial();
        }
    }

    private void askForHashes() {
        if (hashExchange != null) {
            hashExchange.askAll();
        }
    }

    /** Nothing is read until there is memory again. */
    void holdUp() {
        for (var peer : peers.all()) {
            peer.holdUp(true);
        }
    }

    private void refill() {
        if (download == null || download.isFlooded()) {
            return;
        }
        boolean more = download.mayRequest();
        var all = peers.all();
        all.forEach(peer -> peer.holdUp(false));
        if (more) {
            // what was bad is not to come again of those who may have spoilt it
            all.stream().filter(peer -> !peer.trust().isSuspect()).forEach(PeerConnection::fill);
            all.stream().filter(peer -> peer.trust().isSuspect()).forEach(PeerConnection::fill);
        }
    }

    private void scheduleTick() {
        napping = isQuiet();
        timer = context.loop().schedule(napping ? Math.max(TICK, Math.min(NAP, dialling.dueIn())) : TICK, this::tick);
    }

    /** True while nothing has gone on for a while, and nobody is connected. */
    public boolean isNapping() {
        return napping;
    }

    /** Nothing goes on that has to be looked after each second. */
    private boolean isQuiet() {
        return peers.count() == 0
                && totals.downRate() == 0
                && totals.upRate() == 0
                && (download == null || download.isIdle())
                && (readCache == null || readCache.isEmpty())
                && content.filter(Content::isWaiting).isEmpty();
    }

    /** Something is about to go on. */
    void awake() {
        if (running && napping) {
            if (timer != null) {
                timer.cancel();
            }
            napping = false;
            timer = context.loop().schedule(TICK, this::tick);
            scheduleSpilling();
            owner.onAwake();
        }
    }

    private void scheduleSpilling() {
        if (spilling != null) {
            spilling.cancel();
        }
        spilling = context.loop().schedule(SPILL, () -> {
            spilling = null;
            if (running && !napping) {
                scheduleSpilling();
                if (download != null) {
                    download.spillAged();
                }
                if (hashExchange != null) {
                    hashExchange.askOthers();
                }
            }
        });
    }

    private void tick() {
        if (!running) {
            return;
        }
        try {
            everySecond();
        } finally {
            // whatever went wrong, time goes on
            boolean slept = napping;
            scheduleTick();
            if (slept && !napping) {
                scheduleSpilling();
            }
        }
    }

    private void everySecond() {
        long now = now();
        totals.tick(now);
        for (var peer : peers.all()) {
            if (!peer.isClosed()) {
                peer.tick(now);
            }
        }
        if (readCache != null) {
            readCache.tick();
        }
        choking.tick(completed, totals.up());
        superSeeding.tick();
        askForHashes();
        content.ifPresent(Content::checkWaits);
        peers.trim();
        peers.turnOver();
        dialling.dial();
    }

    /**
     * The machine's network has changed. Whoever could not be reached is dialled now; who owes us something and says nothing in the
     * next seconds is gone, though the connection may not know it for minutes, and is dialled again too.
     */
    public void networkChanged() {
        context.loop().assertInLoop();
        if (!running) {
            return;
        }
        long since = now();
        dialling.wakeAll();
        context.loop().schedule(CHECK_AFTER, () -> {
            if (running && peers.dropSilent(since)) {
                dialling.wakeAll();
            }
        });
    }

    /** How it stands. */
    public SwarmReport report() {
        return new SwarmReport(this);
    }

    // ---- for those inside

    long now() {
        return context.loop().nanoTime();
    }

    SwarmContext context() {
        return context;
    }

    boolean isRunning() {
        return running;
    }

    public InfoHashes hashes() {
        return name.hashes();
    }

    SwarmName name() {
        return name;
    }

    /** Once known. */
    Optional<Info> info() {
        return name.info();
    }

    boolean isPrivate() {
        return name.isPrivate();
    }

    /** What peers are told of the DHT; 0 for nothing. */
    int dhtPort() {
        return isPrivate() ? 0 : context.dht().port();
    }

    /** All that is wanted is there. */
    boolean isUploadOnly() {
        return content.isPresent() && completed;
    }

    /** What we say of that: a super-seed looks like one that has nothing. */
    boolean saysUploadOnly() {
        return isUploadOnly() && !superSeeding.isOn();
    }

    void sayUploadOnly() {
        peers.all().forEach(peer -> peer.sayUploadOnly(saysUploadOnly()));
    }

    SuperSeeding superSeeding() {
        return superSeeding;
    }

    Optional<Content> content() {
        return content;
    }

    Choking choking() {
        return choking;
    }

    Dialling dialling() {
        return dialling;
    }

    Totals totals() {
        return totals;
    }

    Peers peers() {
        return peers;
    }

    /** What we have of the content, of 1. */
    double share() {
        return content.map(known -> known.picker().have())
                .map(have -> (double) have.cardinality() / have.size())
                .orElse(0.0);
    }

    /** All there is, wanted or not. */
    boolean hasEverything() {
        return content.isPresent()
                && picker().have().cardinality() == picker().have().size();
    }

    PiecePicker<PeerConnection> picker() {
        return content.orElseThrow(() -> new IllegalStateException("the content is not known yet"))
                .picker();
    }

    Download download() {
        return known(download);
    }

    ReadCache readCache() {
        return known(readCache);
    }

    private static <T> T known(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the content is not known yet");
        }
        return part;
    }

    @Nullable
    HashExchange hashExchange() {
        return hashExchange;
    }

    boolean mayServe(int piece, int offset, int length) {
        return length <= WireReader.MAX_BLOCK
                && content.filter(known -> known.layout().maySend(piece, offset, length)
                                && known.picker().have().get(piece))
                        .isPresent();
    }
}
