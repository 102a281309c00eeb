package net.shoal.engine.transfer;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.source.Siblings;
import net.shoal.engine.source.Sources;
import net.shoal.engine.swarm.Swarm;
import net.shoal.engine.swarm.SwarmOwner;
import net.shoal.engine.swarm.SwarmReport;
import net.shoal.engine.wire.EventLoopLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transfer while it is at work, from the time it is added or resumed until it is paused, checked anew or stopped. On its loop.
 *
 * <pre>
 *   (no info dictionary) FetchingMetadata ─┐
 *                          → Checking → Downloading → Seeding
 *                               ↑___________|____________|_____ → Failed: tried again every few seconds
 * </pre>
 */
final class TransferRun implements SwarmOwner, Activity {
    private static final Logger LOG = LoggerFactory.getLogger(TransferRun.class);
    /** After the first failure, and so much longer each time after that. */
    private static final long RETRY_SECONDS = 2;

    private static final long MAX_RETRY_SECONDS = 10;
    private static final long SAVE_MILLIS = 250;
    private static final String STOPS = "the transfer stops";

    private final EngineParts parts;
    private final NodeWork work;
    private final EventLoop loop;
    private final Optional<Metainfo> known;
    private final TransferFacts facts;
    private final ResumeSaver saver;
    private final Supplier<List<PeerAddress>> userPeers;
    private final Siblings siblings;
    private final Readers readers;
    private final Events events;
    private final Discoveries discoveries;
    private TransferState state = new TransferState.FetchingMetadata();
    private Optional<Metainfo> content = Optional.empty();
    private Optional<Selection> selection = Optional.empty();
    private @Nullable Opening opening;
    private @Nullable PieceStore store;
    private @Nullable Swarm swarm;
    private @Nullable Sources sources;
    private @Nullable ProgressSaver progress;
    private @Nullable ContentWatch watch;
    private Optional<Opening.Hopeless> hopeless = Optional.empty();
    private boolean completedNow;
    private boolean retrying;
    private int failures;
    private boolean saving;
    /** What was checked alone is being taken down. */
    private boolean noting;

    private boolean ended;
    private Runnable afterwards = () -> {};

    /** Who hears of it. */
    interface Events {
        void onState(TransferState now);

        /** As {@link #onState}, of the same state with other figures. */
        void onProgress(TransferState now);

        /** It was quiet, and something is about to go on. */
        void onAwake();

        /** What is there is known. If the answer is no, the run has nothing left to do and calls {@link #onChecked}. */
        boolean mayGoOn();

        void onChecked();

        /** The answer is {@link TransferRun#open}. */
        void onMetadata(Info info);

        /** All that is wanted was downloaded. */
        void onCompleted();

        /** Another run is to take its place. */
        void onRestart();
    }

    /** @param userPeers peers that a user named, which come first */
    TransferRun(
            EngineParts parts,
            NodeWork work,
            EventLoop loop,
            Optional<Metainfo> known,
            TransferFacts facts,
            ResumeSaver saver,
            Supplier<List<PeerAddress>> userPeers,
            Siblings siblings,
            Readers readers,
            Events events) {
        this.parts = parts;
        this.work = work;
        this.loop = loop;
        this.known = known;
        this.facts = facts;
        this.saver = saver;
        this.userPeers = userPeers;
        this.siblings = siblings;
        this.readers = readers;
        this.events = events;
        this.discoveries = new Discoveries(Sink::new);
    }

    /** What one discovery finds goes to the swarm. */
    private final class Sink implements PeerSink {
        private final boolean isTracker;

        Sink(Discovery discovery) {
            this.isTracker = discovery.asksTrackersAlone();
        }

        @Override
        public void found(Collection<PeerAddress> peers) {
            post(running -> {
                if (isTracker) {
                    running.foundByTracker(peers);
                } else {
                    running.found(peers);
                }
            });
        }

        @Override
        public void forget() {
            post(Swarm::forgetPeers);
        }

        private void post(Consumer<Swarm> call) {
            loop.execute(() -> {
                if (swarm != null) {
                    call.accept(swarm);
                }
            });
        }
    }

    // ---- life

    @Override
    public void start() {
        if (known.isPresent()) {
            open(known.get());
        } else {
            startSwarm(new Swarm(parts.swarmContext(loop, work.buffers), facts.hashes, this));
            discover();
            change(new TransferState.FetchingMetadata());
        }
    }

    private void startSwarm(Swarm started) {
        swarm = started;
        started.limit(facts.limits);
        started.foundByUser(userPeers.get());
        started.start();
    }

    private void startSwarm(Info info) {
        var started = new Swarm(parts.swarmContext(loop, work.buffers), info.hashes(), this);
        started.know(info);
        startSwarm(started);
    }

    /** What is new has nothing to tell anybody: peers that a user named are dialled while the files are still being looked at. */
    private boolean mayDialAtOnce() {
        boolean isNew = facts.existing == Existing.KEEP_VERIFIED
                && !facts.recheck
                && saver.pieces().isEmpty();
        return isNew && !userPeers.get().isEmpty() && events.mayGoOn();
    }

    /** Looks for peers, on as many ways as there are; anew where what we look for has changed. */
    void discover() {
        if (swarm != null) {
            var info = content.map(Metainfo::info);
            discoveries.open(
                    parts.wanted(swarm.hashes(), facts, info),
                    parts.discoveries().now());
            report().ifPresent(running ->
                    discoveries.update(running, parts.limits().each().maxPeers(), false));
        }
    }

    /** Opens the content, checks what is there, and begins to move it. */
    void open(Metainfo metainfo) {
        content = Optional.of(metainfo);
        try {
            selection = Optional.of(facts.selection(metainfo.info()));
        } catch (IllegalArgumentException e) {
            fail(new IOException(e.getMessage(), e));
            return;
        }
        if (swarm == null && mayDialAtOnce()) {
            startSwarm(metainfo.info());
        }
        if (!(state instanceof TransferState.Failed)) {
            change(new TransferState.Checking(0));
        }
        // what is being saved is looked at when it is saved
        saver.idle()
                .thenRun(() -> loop.execute(() -> {
                    if (!ended) {
                        var begun = new Opening(
                                parts, work.checks, metainfo, facts, saver.pieces(), hopeless, new OpeningEvents());
                        opening = begun;
                        begun.start();
                    }
                }));
    }

    private final class OpeningEvents implements Opening.Events {
        @Override
        public void onProgress(double checked) {
            loop.execute(() -> {
                if (!ended && state instanceof TransferState.Checking) {
                    state = new TransferState.Checking(checked);
                    events.onProgress(state);
                } else if (!ended && opening != null) {
                    change(new TransferState.Checking(checked));
                }
            });
        }

        @Override
        public void onOpen(Opening.Opened opened) {
            loop.execute(() -> {
                opening = null;
                if (ended) {
                    discard(opened.store());
                } else if (events.mayGoOn()) {
                    begin(opened);
                } else {
                    note(opened);
                }
            });
        }

        @Override
        public void onHopeless(Opening.Hopeless now) {
            loop.execute(() -> {
                opening = null;
                if (!ended) {
                    hopeless = Optional.of(now);
                    fail(now.cause());
                    retryLater();
                }
            });
        }

        @Override
        public void onFailed(IOException cause) {
            loop.execute(() -> {
                opening = null;
                if (!ended) {
                    fail(cause);
                    retryLater();
                }
            });
        }
    }

    /** Also when the node stops, and its disk takes nothing more. */
    private void discard(PieceStore opened) {
        try {
            parts.disk().execute(() -> close(opened));
        } catch (RejectedExecutionException e) {
            close(opened);
        }
    }

    private void close(PieceStore opened) {
        try {
            opened.close();
        } catch (IOException e) {
            LOG.debug("{}: what was opened does not close", facts.name, e);
        }
    }

    /** It was only to be checked. */
    private void note(Opening.Opened opened) {
        facts.recheck = false;
        if (selection.orElseThrow().left(opened.verified()) > 0) {
            facts.completed = Optional.empty();
        }
        noting = true;
        var snapshot = new ProgressSaver.Snapshot(opened.verified(), opened.blocks(), false);
        progress(opened).sync(snapshot, new ProgressSaver.Synced() {
            @Override
            public void done(VerifiedPieces pieces) {
                saver.saveSynced(facts, pieces);
                noted(opened.store());
            }

            @Override
            public void failed(IOException cause) {
                saver.distrust();
                noted(opened.store());
            }
        });
    }

    private void noted(PieceStore opened) {
        noting = false;
        discard(opened);
        if (ended) {
            afterwards.run();
        } else {
            events.onChecked();
        }
    }

    private void begin(Opening.Opened opened) {
        var metainfo = content.orElseThrow();
        store = opened.store();
        hopeless = Optional.empty();
        facts.recheck = false;
        if (swarm == null) {
            startSwarm(metainfo.info());
        }
        var running = swarm();
        running.setContent(metainfo, opened.store(), opened.verified());
        running.setPriorities(selection.orElseThrow().priorities());
        running.superSeed(facts.superSeed);
        running.restore(opened.blocks());
        order();
        discover();
        var beside = new Sources(new EventLoopLoop(loop), parts.sources()::now, running, metainfo.info());
        sources = beside;
        siblings.open(running);
        readers.open(running, metainfo.info().layout().pieceCount());
        beside.add(facts.webSeeds);
        follow(metainfo.info(), opened);
        settle();
    }

    private void follow(Info info, Opening.Opened opened) {
        var began = progress(opened);
        progress = began;
        watch = new ContentWatch(info, opened.store(), began::marks, parts.disk());
        boolean isSaved = saver.pieces()
                .synced()
                .filter(synced -> synced.marks().equals(opened.marks()))
                .flatMap(synced -> synced.field(opened.verified().size()))
                .filter(opened.verified()::equals)
                .isPresent();
        if (!isSaved || !opened.blocks().isEmpty()) {
            sync();
        }
    }

    private ProgressSaver progress(Opening.Opened opened) {
        return new ProgressSaver(
                saver,
                opened.store(),
                content.orElseThrow().info(),
                opened.marks(),
                opened.verified(),
                parts.clock(),
                loop,
                parts.disk().slowly(),
                parts.syncing());
    }

    private Swarm swarm() {
        var running = swarm;
        if (running == null) {
            throw new IllegalStateException("no swarm");
        }
        return running;
    }

    /** Downloading or seeding, as it is. */
    private void settle() {
        if (!swarm().report().isFinished()) {
            facts.completed = Optional.empty();
            change(new TransferState.Downloading());
        } else if (facts.existing == Existing.KEEP_VERIFIED && facts.completed.isEmpty()) {
            complete(() -> {});
        } else {
            finished();
        }
    }

    private void finished() {
        if (facts.completed.isEmpty() && !selection.orElseThrow().isNothing()) {
            facts.completed = Optional.of(parts.clock().instant());
            saver.save(facts);
        }
        change(new TransferState.Seeding());
    }

    /**
     * The storage has the last word: it makes what no piece has written. What outlives the process is complete; what outlives a power cut,
     * once the disk has caught up.
     */
    private void complete(Runnable then) {
        var opened = store;
        if (opened == null) {
            return;
        }
        onDisk(
                opened::complete,
                () -> {
                    takeDown();
                    onceSaved(() -> {
                        if (swarm().report().isFinished()) {
                            finished();
                            then.run();
                        }
                    });
                    sync();
                },
                this::onDiskFailure);
    }

    private void takeDown() {
        if (progress != null) {
            var report = swarm().report();
            progress.saveRecent(facts, snapshot(report, !report.isFinished()));
        }
    }

    private void onceSaved(Runnable then) {
        saver.idle().thenRun(() -> loop.execute(() -> unlessEnded(then)));
    }

    private interface DiskWork {
        void run() throws IOException;
    }

    private interface DiskFailure {
        void on(IOException cause);
    }

    /** Does something that blocks; hears of it on the loop, unless the run has ended. */
    private void onDisk(DiskWork work, Runnable done, DiskFailure failure) {
        try {
            parts.disk().execute(() -> {
                try {
                    work.run();
                    loop.execute(() -> unlessEnded(done));
                } catch (IOException e) {
                    loop.execute(() -> unlessEnded(() -> failure.on(e)));
                }
            });
        } catch (RejectedExecutionException e) {
            failure.on(new IOException("the node is stopping", e));
        }
    }

    private void unlessEnded(Runnable task) {
        if (!ended) {
            task.run();
        }
    }

    /** Writes and closes all that is open. */
    @Override
    public void end(Runnable then) {
        ended = true;
        report().ifPresent(report -> {
            facts.downloaded += report.downloaded();
            facts.uploaded += report.uploaded();
        });
        discoveries.close();
        if (sources != null) {
            sources.close();
        }
        siblings.close();
        readers.close();
        if (opening != null) {
            opening.cancel();
        }
        var before = swarm;
        swarm = null;
        store = null;
        if (noting) {
            afterwards = before == null ? then : () -> before.end(STOPS, () -> before.close(then));
        } else if (before == null) {
            then.run();
        } else {
            var lastSave = saver.hold();
            before.end(STOPS, () -> saveLast(before, lastSave, () -> before.close(then)));
        }
    }

    private void saveLast(Swarm before, ResumeSaver.LastSave lastSave, Runnable then) {
        if (progress == null) {
            lastSave.of(facts, Optional.empty(), true);
            then.run();
            return;
        }
        progress.sync(snapshot(before.report(), false), new ProgressSaver.Synced() {
            @Override
            public void done(VerifiedPieces pieces) {
                lastSave.of(facts, Optional.of(pieces), true);
                then.run();
            }

            @Override
            public void failed(IOException cause) {
                saver.distrust();
                lastSave.of(facts, Optional.empty(), false);
                then.run();
            }
        });
    }

    // ---- what the swarm says

    @Override
    public void onAwake() {
        unlessEnded(events::onAwake);
    }

    @Override
    public void onMetadata(Info info) {
        events.onMetadata(info);
    }

    @Override
    public void onVerified(int piece) {
        if (!ended) {
            siblings.verified(piece);
            readers.verified(piece);
        }
        wrote(content.orElseThrow().info().layout().lengthOf(piece));
    }

    @Override
    public void onSpilled() {
        wrote(0);
    }

    private void wrote(long verified) {
        if (progress != null) {
            progress.touch(verified);
            saveSoon();
        }
    }

    private void saveSoon() {
        if (!saving && !ended) {
            saving = true;
            loop.schedule(
                    () -> {
                        saving = false;
                        unlessEnded(this::saveRecent);
                    },
                    SAVE_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void saveRecent() {
        if (progress != null && progress.isDue()) {
            progress.saveRecent(facts, snapshot(swarm().report(), true));
        } else {
            saveSoon();
        }
    }

    @Override
    public void onCompleted() {
        complete(() -> {
            if (!selection.orElseThrow().isNothing()) {
                completedNow = true;
                events.onCompleted();
            }
        });
    }

    @Override
    public void onDiskFailure(IOException cause) {
        fail(cause);
        retryLater();
    }

    /** Nothing that is tried again helps. */
    @Override
    public void onContradiction(int piece) {
        fail(new StorageException(
                StorageException.Trouble.REFUSED,
                "the torrent contradicts itself: the v1 and the v2 hash of piece " + piece
                        + " are of different content",
                "it can never be complete; look for one that was made without this error"));
    }

    @Override
    public void onDiskRecovered() {
        if (state instanceof TransferState.Failed) {
            failures = 0;
            settle();
        }
    }

    /** Of one trouble the user hears once, and since when it is there. */
    private void fail(IOException cause) {
        var now = DiskTrouble.describe(cause, parts.clock().instant());
        if (state instanceof TransferState.Failed before && before.trouble() == now.trouble()) {
            now = new TransferState.Failed(now.trouble(), now.reason(), now.hint(), before.since());
        }
        change(now);
    }

    private void retryLater() {
        if (!retrying && !ended) {
            retrying = true;
            failures++;
            loop.schedule(this::retry, Math.min(MAX_RETRY_SECONDS, failures * RETRY_SECONDS), TimeUnit.SECONDS);
        }
    }

    private void retry() {
        retrying = false;
        retryNow();
    }

    @Override
    public void retryNow() {
        if (ended || opening != null || !(state instanceof TransferState.Failed)) {
            return;
        }
        if (store == null) {
            open(content.orElseThrow());
        } else if (swarm().report().isFinished() || !saver.pieces().recentHolds()) {
            // what could not be read may be back, what could not be synced may be lost: it is looked at again
            events.onRestart();
        } else {
            // goes on once something was written
            swarm().resume();
            retryLater();
        }
    }

    // ---- what others ask of it

    @Override
    public boolean isQuiet() {
        return state instanceof TransferState.Seeding && swarm != null && swarm.isNapping();
    }

    @Override
    public void tick(int secondsSinceLast) {
        var running = report();
        if (running.isPresent()) {
            discoveries.update(running.get(), parts.limits().each().maxPeers(), completedNow);
            completedNow = false;
            if (sources != null) {
                sources.tick();
            }
            siblings.tick();
            readers.tick();
        }
        if (store != null && progress != null && progress.isSyncDue()) {
            sync();
        }
        if (watch != null && store != null) {
            watch.tick(
                    secondsSinceLast,
                    state instanceof TransferState.Seeding,
                    () -> loop.execute(() -> unlessEnded(this::changed)));
        }
    }

    /** Somebody else has changed files: what of them is still good is found out. */
    private void changed() {
        if (!(state instanceof TransferState.Failed)) {
            events.onRestart();
        }
    }

    /** Brings what was written to the disk itself, and takes it down. */
    private void sync() {
        var saving = progress;
        if (saving == null) {
            return;
        }
        var report = swarm().report();
        saving.sync(snapshot(report, !report.isFinished()), new ProgressSaver.Synced() {
            @Override
            public void done(VerifiedPieces pieces) {
                unlessEnded(() -> saving.saveSynced(facts, pieces));
            }

            @Override
            public void failed(IOException cause) {
                unlessEnded(() -> {
                    saver.distrust();
                    onDiskFailure(cause);
                });
            }
        });
    }

    private static ProgressSaver.Snapshot snapshot(SwarmReport report, boolean writing) {
        return new ProgressSaver.Snapshot(report.verified(), report.unverified(), writing);
    }

    void foundByUser(Collection<PeerAddress> peers) {
        if (swarm != null) {
            swarm.foundByUser(peers);
        }
    }

    /** Added again, it came with hashes that we may lack. */
    void addPieceLayers(Metainfo more) {
        if (store != null) {
            swarm().addPieceLayers(more.pieceLayers());
        }
    }

    /** Files are wanted more or less than before: there may be more to do, or nothing. */
    void prioritise() {
        selection = content.map(metainfo -> facts.selection(metainfo.info()));
        if (store == null) {
            return;
        }
        swarm().setPriorities(selection.orElseThrow().priorities());
        siblings.fetching(state instanceof TransferState.Downloading);
        order();
        if (state instanceof TransferState.Downloading && swarm().report().isFinished()) {
            onCompleted();
        } else if (state instanceof TransferState.Seeding && !swarm().report().isFinished()) {
            facts.completed = Optional.empty();
            change(new TransferState.Downloading());
        }
    }

    /** The order in which pieces are to come has changed. */
    void order() {
        if (store != null) {
            var none = new Bitfield(content.orElseThrow().info().layout().pieceCount());
            swarm().setSequential(facts.sequential);
            swarm().setAhead(facts.firstAndLast ? selection.orElseThrow().ends() : none);
        }
    }

    void superSeed() {
        if (store != null) {
            swarm().superSeed(facts.superSeed);
        }
    }

    /** There are more web seeds to fetch from. */
    void webSeedsChanged() {
        if (sources != null) {
            sources.add(facts.webSeeds);
        }
    }

    /** What reads from URLs is no longer there. */
    void withdraw(ContentSource source) {
        if (sources != null) {
            sources.withdraw(source);
        }
    }

    /** The limits of the transfer have changed. */
    void limit() {
        if (swarm != null) {
            swarm.limit(facts.limits);
        }
    }

    /** Those of the node have. */
    void limitsChanged() {
        if (swarm != null) {
            swarm.limitsChanged();
        }
    }

    void networkChanged() {
        if (swarm != null) {
            swarm.networkChanged();
        }
    }

    void extensionsChanged() {
        if (swarm != null) {
            swarm.extensionsChanged();
        }
    }

    void add(Discovery discovery) {
        discoveries.add(discovery);
    }

    void remove(Discovery discovery) {
        discoveries.remove(discovery);
    }

    private void change(TransferState now) {
        state = now;
        siblings.fetching(now instanceof TransferState.Downloading);
        events.onState(now);
    }

    TransferState state() {
        return state;
    }

    Optional<Swarm> swarmIfAny() {
        return Optional.ofNullable(swarm);
    }

    Optional<SwarmReport> report() {
        return Optional.ofNullable(swarm).map(Swarm::report);
    }

    Optional<PieceStore> store() {
        return Optional.ofNullable(store);
    }

    Optional<Selection> selection() {
        return selection;
    }

    /** What the ways of discovery say, and how the sources beside peers stand. */
    List<DiscoveryStatus> whereFrom() {
        var all = new ArrayList<>(discoveries.status());
        if (sources != null) {
            all.addAll(sources.status());
        }
        all.addAll(siblings.status());
        return all;
    }
}
