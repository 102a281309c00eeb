package net.shoal.engine.transfer;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferOptions;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferStatus;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.source.Siblings;
import net.shoal.engine.swarm.Swarm;
import net.shoal.engine.swarm.SwarmReport;
import net.shoal.engine.wire.EventLoopLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer, from the time it is added to the time it is removed: what is known of it, what a user makes of it, what others are told. While
 * it is at work it has a {@link TransferRun}; paused it has none. Public methods may be called by anyone; everything else runs on its
 * loop.
 */
final class LiveTransfer implements Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTransfer.class);
    private static final int MAX_USER_PEERS = 100;

    private final EngineParts parts;
    private final EventLoop loop;
    private final TransferFacts facts;
    private final ResumeSaver saver;
    private final Siblings siblings;
    private final TransferChanges changes;
    private final CompletableFuture<Metainfo> metainfo = new CompletableFuture<>();
    private List<PeerAddress> userPeers = List.of();
    private Optional<Metainfo> known;
    private @Nullable TransferRun run;
    private @Nullable Future<?> ticking;
    private TransferState state;
    private volatile @Nullable Swarm reachable;
    private volatile InfoHashes hashes;
    private volatile TransferStatus status;

    LiveTransfer(
            EngineParts parts,
            TransferFolder folder,
            TransferFacts facts,
            Optional<VerifiedPieces> verified,
            Optional<Metainfo> known) {
        this.parts = parts;
        this.loop = parts.loops().next();
        this.facts = facts;
        this.known = known;
        this.hashes = facts.hashes;
        this.saver = new ResumeSaver(folder, parts.disk(), parts.clock(), verified);
        this.changes = new TransferChanges(facts, new AsFactsSay());
        this.siblings = new Siblings(parts.sameFiles(), new EventLoopLoop(loop));
        this.state = beginning();
        known.ifPresent(metainfo::complete);
        known.ifPresent(there -> siblings.introduce(there.info(), facts.visibility, facts.added));
        this.status = currentStatus();
    }

    private TransferState beginning() {
        if (facts.paused.isPresent()) {
            return new TransferState.Paused(facts.paused.get());
        }
        return known.isPresent() ? new TransferState.Checking(0) : new TransferState.FetchingMetadata();
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
        return ask(() -> StatusView.details(currentStatus(), options(), known, Optional.ofNullable(run)));
    }

    @Override
    public CompletionStage<Void> change(TransferChange change) {
        return ask(() -> {
            if (change instanceof TransferChange.AddPeers peers) {
                addPeers(peers.peers());
            } else {
                changes.carryOut(change);
            }
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

    private <T> CompletionStage<T> ask(Supplier<@Nullable T> question) {
        var answer = new CompletableFuture<T>();
        loop.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    // ---- life

    /** Begins what was just added. */
    void startAnew(List<PeerAddress> peers) {
        userPeers = peers;
        saver.save(facts);
        known.ifPresent(saver::save);
        start();
    }

    /** Goes on with what was loaded. */
    void start() {
        ticking = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        if (facts.paused.isEmpty()) {
            begin();
        }
    }

    /** What was added again may know more than we do. */
    void merge(Optional<Metainfo> more, List<List<URI>> trackers, List<URI> webSeeds, List<PeerAddress> peers) {
        changes.addTrackers(trackers);
        changes.mergeWebSeeds(webSeeds);
        addPeers(peers);
        if (known.isEmpty()) {
            more.ifPresent(this::onMetainfo);
        } else {
            more.ifPresent(metainfo -> running(there -> there.addPieceLayers(metainfo)));
        }
    }

    private void begin() {
        var begun = new TransferRun(parts, loop, facts, saver, () -> userPeers, siblings, new RunEvents());
        run = begun;
        if (known.isPresent()) {
            begun.open(known.get());
        } else {
            begun.fetchMetadata(hashes);
        }
    }

    /** Ends the run there is, then goes on with {@code then}. */
    private void end(Runnable then) {
        reachable = null;
        var before = run;
        run = null;
        Runnable savedThen = () -> {
            saver.save(facts);
            then.run();
        };
        if (before == null) {
            savedThen.run();
        } else {
            before.end(savedThen);
        }
    }

    private void running(Consumer<TransferRun> call) {
        if (run != null) {
            call.accept(run);
        }
    }

    private final class RunEvents implements TransferRun.Events {
        @Override
        public void onState(TransferState now) {
            reachable = run == null ? null : run.swarmIfAny().orElse(null);
            change(now);
        }

        @Override
        public void onProgress() {
            publish();
        }

        @Override
        public void onMetadata(Info info) {
            onMetainfo(new Metainfo(
                    info,
                    facts.trackers,
                    facts.webSeeds,
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }

        @Override
        public void onCompleted() {
            LOG.info("{} is complete", facts.name);
            known = known.flatMap(metainfo ->
                    Optional.ofNullable(run).flatMap(TransferRun::report).map(report -> report.enrich(metainfo)));
            known.ifPresent(saver::save);
            tell(new TransferEvent.Completed(LiveTransfer.this));
        }

        @Override
        public void onRestart() {
            end(LiveTransfer.this::begin);
        }
    }

    private void onMetainfo(Metainfo content) {
        known = Optional.of(content);
        hashes = content.info().hashes();
        facts.hashes = hashes;
        facts.name = content.info().name();
        saver.save(content);
        saver.save(facts);
        siblings.introduce(content.info(), facts.visibility, facts.added);
        metainfo.complete(content);
        tell(new TransferEvent.MetadataReceived(this));
        running(there -> there.open(content));
    }

    /** Ends for good; the returned stage is done when its files are closed. */
    CompletionStage<Void> stop(boolean forget) {
        var closed = new CompletableFuture<Void>();
        loop.execute(() -> {
            if (ticking != null) {
                ticking.cancel(false);
            }
            end(() -> {
                siblings.forget();
                if (forget) {
                    saver.delete();
                }
                saver.idle().whenComplete((done, failure) -> closed.complete(null));
            });
        });
        return closed;
    }

    // ---- changes

    private final class AsFactsSay implements TransferChanges.Course {
        @Override
        public Optional<Info> info() {
            return known.map(Metainfo::info);
        }

        @Override
        public void running(Consumer<TransferRun> call) {
            LiveTransfer.this.running(call);
        }

        @Override
        public void proceed() {
            if (facts.paused.isPresent()) {
                end(() -> {});
                change(new TransferState.Paused(facts.paused.get()));
            } else if (run == null) {
                begin();
            } else {
                publish();
            }
        }

        @Override
        public void restart() {
            end(LiveTransfer.this::begin);
            change(new TransferState.Checking(0));
        }

        @Override
        public void save() {
            saver.save(facts);
        }
    }

    private void addPeers(List<PeerAddress> peers) {
        var all = new ArrayList<>(userPeers);
        peers.stream().filter(peer -> !all.contains(peer)).forEach(all::add);
        userPeers = List.copyOf(all.subList(Math.max(0, all.size() - MAX_USER_PEERS), all.size()));
        running(there -> there.foundByUser(peers));
    }

    void onSourceGone(ContentSource source) {
        running(there -> there.withdraw(source));
    }

    void onDiscovery(Discovery discovery, boolean added) {
        running(there -> {
            if (added) {
                there.add(discovery);
            } else {
                there.remove(discovery);
            }
        });
    }

    void onListenPort() {
        running(TransferRun::discover);
    }

    void onLimits() {
        running(TransferRun::limitsChanged);
    }

    void onExtensions() {
        running(TransferRun::extensionsChanged);
    }

    /** The storage that holds the content went: it may come back. */
    void onStorageGone(String name) {
        if (run != null && known.isPresent() && name.equals(facts.storage.orElse(parts.defaultStorage()))) {
            // opening fails for want of it, and is tried again
            end(this::begin);
        }
    }

    /** A storage came: what failed for want of it need not wait. */
    void onStorage() {
        running(TransferRun::retryNow);
    }

    TransferFacts facts() {
        return facts;
    }

    Optional<Metainfo> known() {
        return known;
    }

    // ---- telling

    private void tick() {
        running(TransferRun::tick);
        publish();
    }

    private TransferStatus currentStatus() {
        var there = Optional.ofNullable(run);
        Optional<SwarmReport> report = there.flatMap(TransferRun::report);
        return StatusView.of(facts, known, there.flatMap(TransferRun::selection), state, saver.verified(), report);
    }

    private TransferOptions options() {
        return new TransferOptions(
                facts.limits, facts.sequential, facts.firstAndLast, facts.superSeed, facts.forced, 0);
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
