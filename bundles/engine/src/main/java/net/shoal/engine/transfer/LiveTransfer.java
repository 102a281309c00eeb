package net.shoal.engine.transfer;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.api.transfer.Wanted;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.swarm.Swarm;
import net.shoal.engine.swarm.SwarmContext;
import net.shoal.engine.swarm.SwarmOwner;
import net.shoal.engine.wire.EventLoopLoop;
import net.shoal.engine.wire.NettyDialer;
import net.shoal.engine.wire.PooledBuffers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer, from the time it is added to the time it is removed. Public methods may be called by anyone; everything else runs on
 * its loop.
 *
 * <pre>
 *   FetchingMetadata → Checking → Downloading → Seeding      Paused from and to any of them
 *                          ↑___________|____________|_____ → Failed: tried again every few seconds
 * </pre>
 */
final class LiveTransfer implements Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTransfer.class);
    private static final long RETRY_SECONDS = 2;

    private final EngineParts parts;
    private final EventLoop loop;
    private final TransferFacts facts;
    private final ResumeSaver saver;
    private final Discoveries discoveries;
    private final CompletableFuture<Metainfo> metainfo = new CompletableFuture<>();
    private List<PeerAddress> userPeers = List.of();
    private Optional<Metainfo> known;
    private Optional<Selection> selection = Optional.empty();
    private @Nullable Opening opening;
    private @Nullable PieceStore store;
    private @Nullable Swarm swarm;
    private volatile @Nullable Swarm reachable;
    private TransferState state;
    private boolean completedNow;
    private boolean retrying;
    private boolean gone;
    private volatile InfoHashes hashes;
    private volatile TransferStatus status;

    LiveTransfer(EngineParts parts, TransferFacts facts, Optional<VerifiedPieces> verified, Optional<Metainfo> known) {
        this.parts = parts;
        this.loop = parts.loops().next();
        this.facts = facts;
        this.known = known;
        this.hashes = facts.hashes;
        this.saver = new ResumeSaver(
                new TransferFolder(parts.state().resolve(facts.hashes.hex())), parts.disk(), parts.clock(), verified);
        this.discoveries = new Discoveries(found -> post(() -> {
            if (swarm != null) {
                swarm.found(found);
            }
        }));
        this.state = facts.paused ? new TransferState.Paused() : new TransferState.FetchingMetadata();
        known.ifPresent(metainfo::complete);
        this.status = currentStatus();
    }

    // ---- for everyone

    @Override
    public InfoHashes hashes() {
        return hashes;
    }

    @Override
    public TransferStatus status() {
        return status;
    }

    @Override
    public CompletionStage<Metainfo> metainfo() {
        return metainfo.minimalCompletionStage();
    }

    @Override
    public CompletionStage<TransferDetails> details() {
        return ask(transfer -> StatusView.details(
                transfer.currentStatus(),
                transfer.known,
                transfer.selection,
                Optional.ofNullable(transfer.store),
                Optional.ofNullable(transfer.swarm),
                transfer.discoveries));
    }

    @Override
    public CompletionStage<Void> change(TransferChange change) {
        return ask(transfer -> {
            transfer.carryOut(change);
            return null;
        });
    }

    /** The event loop everything of this transfer runs on. */
    EventLoop loop() {
        return loop;
    }

    /** The swarm inbound peers can join, if there is one; from any thread, to be used on the loop. */
    Optional<Swarm> reachable() {
        return Optional.ofNullable(reachable);
    }

    void post(Runnable task) {
        loop.execute(task);
    }

    private <T> CompletionStage<T> ask(Function<LiveTransfer, @Nullable T> question) {
        var answer = new CompletableFuture<T>();
        loop.execute(() -> {
            try {
                answer.complete(question.apply(this));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    // ---- life

    /** Begins, on the loop, with all that is known from the start. */
    void start(List<PeerAddress> peers) {
        userPeers = peers;
        saver.save(facts);
        known.ifPresent(saver::save);
        loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        if (!facts.paused) {
            run();
        }
        publish();
    }

    /** What was added again may know more than we do. */
    void merge(Optional<Metainfo> more, List<List<URI>> trackers, List<PeerAddress> peers) {
        addTrackers(trackers);
        addPeers(peers);
        if (known.isEmpty() && more.isPresent()) {
            onMetainfo(more.get());
        }
    }

    private void run() {
        if (known.isPresent()) {
            open(false);
        } else {
            change(new TransferState.FetchingMetadata());
            startSwarm();
        }
    }

    private void startSwarm() {
        var context = new SwarmContext(
                new EventLoopLoop(loop),
                parts.clock(),
                new SplittableRandom(parts.random().nextLong()),
                parts.disk(),
                new PooledBuffers(),
                new NettyDialer(parts.connector(), loop),
                parts.peerId(),
                parts.extensions(),
                parts.listenPort(),
                parts.limits().get());
        var started = new Swarm(context, hashes, new Owner());
        swarm = started;
        reachable = started;
        started.foundByUser(userPeers);
        started.start();
        discover();
    }

    private void discover() {
        var info = known.map(Metainfo::info);
        discoveries.open(
                new Wanted(
                        hashes,
                        facts.trackers,
                        info.map(Info::isPrivate).orElse(false),
                        info.isPresent(),
                        facts.visibility,
                        parts.peerId(),
                        parts.listenPort().getAsInt()),
                parts.discoveries().now());
    }

    private void open(boolean distrustful) {
        var content = known.orElseThrow();
        try {
            selection = Optional.of(Selection.of(content.info(), facts.only, facts.indices));
        } catch (IllegalArgumentException e) {
            fail(new IOException(e.getMessage(), e));
            return;
        }
        change(new TransferState.Checking(0));
        saver.idle()
                .thenRun(() -> post(() -> {
                    if (state instanceof TransferState.Checking && opening == null && !gone) {
                        opening =
                                new Opening(parts, content, facts, saver.verified(), distrustful, new OpeningEvents());
                        opening.start();
                    }
                }));
    }

    private final class OpeningEvents implements Opening.Events {
        @Override
        public void onProgress(double checked) {
            post(() -> {
                if (state instanceof TransferState.Checking) {
                    state = new TransferState.Checking(checked);
                    publish();
                }
            });
        }

        @Override
        public void onOpen(PieceStore opened, Bitfield verified) {
            post(() -> LiveTransfer.this.onOpen(opened, verified));
        }

        @Override
        public void onFailed(IOException cause) {
            post(() -> {
                opening = null;
                if (state instanceof TransferState.Checking) {
                    fail(cause);
                    retryLater();
                }
            });
        }
    }

    private void onOpen(PieceStore opened, Bitfield verified) {
        opening = null;
        if (gone || !(state instanceof TransferState.Checking)) {
            close(opened);
            return;
        }
        if (facts.existing == Existing.MUST_VERIFY && verified.cardinality() < verified.size()) {
            close(opened);
            fail(new IOException("the content at " + facts.location.root(facts.name) + " is not that of this torrent ("
                    + (verified.size() - verified.cardinality()) + " of " + verified.size()
                    + " pieces differ); share the files it was made from"));
            return;
        }
        store = opened;
        if (swarm == null) {
            startSwarm();
        }
        var running = swarm();
        running.setContent(known.orElseThrow(), opened, verified);
        running.setWanted(selection.orElseThrow().pieces());
        running.setSequential(facts.sequential);
        discover();
        remember();
        settle();
    }

    private Swarm swarm() {
        var running = swarm;
        if (running == null) {
            throw new IllegalStateException("no swarm");
        }
        return running;
    }

    private void close(PieceStore opened) {
        parts.disk().execute(() -> {
            try {
                opened.close();
            } catch (IOException e) {
                LOG.debug("Closing failed", e);
            }
        });
    }

    /** Downloading or seeding, as it is. */
    private void settle() {
        if (!swarm().report().isFinished()) {
            change(new TransferState.Downloading());
        } else if (facts.existing == Existing.KEEP_VERIFIED && facts.completed.isEmpty()) {
            complete(() -> {});
        } else {
            finished();
        }
    }

    private void finished() {
        if (facts.completed.isEmpty()) {
            facts.completed = Optional.of(parts.clock().instant());
        }
        remember();
        change(new TransferState.Seeding());
    }

    /** The storage has the last word: it makes what no piece has written. */
    private void complete(Runnable then) {
        var opened = store;
        if (opened == null) {
            return;
        }
        parts.disk().execute(() -> {
            try {
                opened.complete();
                post(() -> {
                    if (store == opened) {
                        finished();
                        then.run();
                    }
                });
            } catch (IOException e) {
                post(() -> {
                    if (store == opened) {
                        fail(e);
                        retryLater();
                    }
                });
            }
        });
    }

    private final class Owner implements SwarmOwner {
        @Override
        public void onMetadata(Info info) {
            onMetainfo(new Metainfo(
                    info, facts.trackers, List.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty()));
        }

        @Override
        public void onVerified(int piece) {
            saver.touch();
            if (state instanceof TransferState.Failed) {
                swarm().resume();
                settle();
            }
        }

        @Override
        public void onCompleted() {
            complete(() -> {
                completedNow = true;
                LOG.info("{} is complete", facts.name);
                known = known.map(swarm().report()::enrich);
                known.ifPresent(saver::save);
                tell(new TransferEvent.Completed(LiveTransfer.this));
            });
        }

        @Override
        public void onDiskFailure(IOException cause) {
            fail(cause);
            retryLater();
        }
    }

    private void onMetainfo(Metainfo content) {
        known = Optional.of(content);
        hashes = content.info().hashes();
        facts.hashes = hashes;
        facts.name = content.info().name();
        saver.save(content);
        saver.save(facts);
        metainfo.complete(content);
        tell(new TransferEvent.MetadataReceived(this));
        if (!facts.paused) {
            open(false);
        }
    }

    private void fail(IOException cause) {
        change(DiskTrouble.describe(cause, parts.clock().instant()));
    }

    private void retryLater() {
        if (retrying) {
            return;
        }
        retrying = true;
        loop.schedule(this::retry, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private void retry() {
        retrying = false;
        if (gone || !(state instanceof TransferState.Failed)) {
            return;
        }
        if (store == null) {
            open(false);
        } else if (swarm != null && swarm().report().isFinished()) {
            // what could not be read may be back: it is looked at again before it is offered
            restart(() -> open(false));
        } else {
            // goes on once a piece was written
            swarm().resume();
        }
    }

    // ---- changes

    private void carryOut(TransferChange change) {
        if (change instanceof TransferChange.Pause) {
            pause();
        } else if (change instanceof TransferChange.Resume) {
            resume();
        } else if (change instanceof TransferChange.Recheck) {
            recheck();
        } else if (change instanceof TransferChange.AddPeers peers) {
            addPeers(peers.peers());
        } else if (change instanceof TransferChange.AddTrackers trackers) {
            addTrackers(List.of(trackers.trackers()));
        } else if (change instanceof TransferChange.Sequential sequential) {
            facts.sequential = sequential.sequential();
            if (store != null) {
                swarm().setSequential(facts.sequential);
            }
            saver.save(facts);
        }
    }

    private void pause() {
        facts.paused = true;
        change(new TransferState.Paused());
        restart(this::publish);
    }

    private void resume() {
        if (facts.paused) {
            facts.paused = false;
            saver.save(facts);
            run();
        }
    }

    private void recheck() {
        if (known.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to check before the info dictionary has come");
        }
        if (facts.existing == Existing.TRUSTED) {
            facts.existing = Existing.MUST_VERIFY;
        }
        facts.paused = false;
        change(new TransferState.Checking(0));
        restart(() -> open(true));
    }

    private void addPeers(List<PeerAddress> peers) {
        var all = new ArrayList<>(userPeers);
        peers.stream().filter(peer -> !all.contains(peer)).forEach(all::add);
        userPeers = List.copyOf(all.subList(Math.max(0, all.size() - 100), all.size()));
        if (swarm != null) {
            swarm.foundByUser(peers);
        }
    }

    private void addTrackers(List<List<URI>> tiers) {
        var present = facts.trackers.stream().flatMap(List::stream).toList();
        var all = new ArrayList<>(facts.trackers);
        for (var tier : tiers) {
            var fresh = tier.stream().filter(uri -> !present.contains(uri)).toList();
            if (!fresh.isEmpty()) {
                all.add(fresh);
            }
        }
        if (all.size() > facts.trackers.size()) {
            facts.trackers = List.copyOf(all);
            saver.save(facts);
            if (swarm != null) {
                discover();
            }
        }
    }

    /** Closes the swarm and everything open, then goes on with {@code then}. */
    private void restart(Runnable then) {
        if (swarm != null) {
            facts.downloaded += swarm.report().downloaded();
            facts.uploaded += swarm.report().uploaded();
        }
        remember();
        saver.save(facts);
        discoveries.close();
        if (opening != null) {
            opening.cancel();
            opening = null;
        }
        reachable = null;
        var before = swarm;
        swarm = null;
        store = null;
        if (before == null) {
            then.run();
        } else {
            before.close("the transfer stops", then);
        }
    }

    /** Ends it; the returned stage is done when its files are closed. */
    CompletionStage<Void> stop(boolean forget) {
        var closed = new CompletableFuture<Void>();
        loop.execute(() -> {
            gone = true;
            restart(() -> {
                if (forget) {
                    saver.delete();
                }
                saver.idle().whenComplete((done, failure) -> closed.complete(null));
            });
        });
        return closed;
    }

    void onDiscovery(Discovery discovery, boolean added) {
        if (added) {
            if (swarm != null) {
                discoveries.add(discovery);
            }
        } else {
            discoveries.remove(discovery);
        }
    }

    void onListenPort() {
        if (swarm != null) {
            discover();
        }
    }

    void onExtensions() {
        if (swarm != null) {
            swarm.extensionsChanged();
        }
    }

    /** The storage that holds the content went: it may come back. */
    void onStorageGone(String name) {
        if (name.equals(facts.storage.orElse(parts.defaultStorage())) && (store != null || opening != null)) {
            fail(new IOException("the storage " + name + " was stopped; start it, and the transfer goes on"));
            restart(this::publish);
        }
    }

    /** A storage came: what failed for want of it need not wait. */
    void onStorage() {
        if (state instanceof TransferState.Failed && store == null && known.isPresent()) {
            open(false);
        }
    }

    TransferFacts facts() {
        return facts;
    }

    Optional<Metainfo> known() {
        return known;
    }

    // ---- telling

    private void tick() {
        if (gone) {
            return;
        }
        var running = swarm;
        if (running != null) {
            var report = running.report();
            long left = report.hasContent() ? report.left() : 16 * 1024;
            int wantsPeers = Math.max(0, parts.limits().get().maxPeers() / 2 - report.peers());
            discoveries.update(new DiscoverySession.Progress(
                    report.uploaded(), report.downloaded(), left, completedNow, left > 0 ? wantsPeers : 0));
            completedNow = false;
            if (saver.isDue()) {
                remember();
            }
        }
        publish();
    }

    /** Takes down what is verified, and what the files look like now. */
    private void remember() {
        var opened = store;
        var running = swarm;
        if (opened == null || running == null || !running.report().hasContent()) {
            return;
        }
        saver.save(
                facts,
                running.report().verified(),
                known.orElseThrow().info(),
                opened,
                !running.report().isFinished());
    }

    private TransferStatus currentStatus() {
        return StatusView.of(
                facts,
                known,
                selection,
                state,
                saver.verified(),
                Optional.ofNullable(swarm).map(Swarm::report));
    }

    private void publish() {
        status = currentStatus();
    }

    private void change(TransferState now) {
        var before = state;
        state = now;
        publish();
        if (!before.word().equals(now.word())) {
            LOG.debug("{}: {} → {}", facts.name, before.word(), now.word());
            tell(new TransferEvent.StateChanged(this, before, now));
        }
    }

    private void tell(TransferEvent event) {
        publish();
        parts.listeners().forEach(listener -> listener.on(event));
    }
}
