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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.shoal.api.transfer.ContentReader;
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
import net.shoal.engine.queue.Pace;
import net.shoal.engine.queue.Standing;
import net.shoal.engine.source.Siblings;
import net.shoal.engine.swarm.Swarm;
import net.shoal.engine.swarm.SwarmReport;
import net.shoal.engine.wire.EventLoopLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer, from the time it is added to the time it is removed: what is known of it, and what others are told. What it does is up to its
 * {@link TransferCourse}; what a user makes of it, to {@link TransferChanges}. Public methods may be called by anyone; everything else runs
 * on its loop.
 */
final class LiveTransfer implements Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTransfer.class);
    /** Between two looks at one that nobody wants anything of: a node may have thousands. */
    private static final int QUIET_SECONDS = 5;

    private static final int MAX_USER_PEERS = 100;

    private final EngineParts parts;
    private final NodeWork work;
    private final EventLoop loop;
    private final TransferFacts facts;
    private final ResumeSaver saver;
    private final Siblings siblings;
    private final Readers readers;
    private final TransferCourse course;
    private final Relocating relocating;
    private final TransferChanges changes;
    private final SeedLimits seedLimits;
    private final CompletableFuture<Metainfo> metainfo = new CompletableFuture<>();
    private Optional<Metainfo> known;
    private @Nullable Future<?> ticking;
    private long lastTick;
    private boolean ticksSlowly;
    private Pace pace = new Pace(0);
    private boolean slow;
    private TransferState state = new TransferState.Queued();
    private volatile boolean begun;
    private volatile @Nullable Swarm reachable;
    private volatile InfoHashes hashes;
    private volatile TransferStatus status;

    /** @param isNew it has no place in the queue yet */
    LiveTransfer(
            EngineParts parts,
            NodeWork work,
            TransferFolder folder,
            TransferFacts facts,
            SavedPieces saved,
            Optional<Metainfo> known,
            boolean isNew) {
        this.parts = parts;
        this.work = work;
        this.loop = parts.loops().next();
        this.facts = facts;
        this.known = known;
        this.hashes = facts.hashes;
        this.saver = new ResumeSaver(folder, parts.disk(), saved);
        this.siblings = new Siblings(work.sameFiles, new EventLoopLoop(loop));
        this.readers = new Readers(new EventLoopLoop(loop));
        this.seedLimits = new SeedLimits(facts);
        this.course = new TransferCourse(facts, new OnStage(), work.queue, isNew);
        this.relocating = new Relocating(parts, loop, facts, saver, course);
        this.changes = new TransferChanges(facts, new Myself(), relocating);
        this.state = StatusView.first(course.goal(), facts, known.isPresent());
        known.ifPresent(metainfo::complete);
        known.ifPresent(there -> siblings.introduce(there.info(), facts.visibility, facts.added));
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
        return ask(() -> CompletableFuture.completedStage(StatusView.details(
                currentStatus(),
                options(),
                facts,
                known,
                selection(),
                saver.pieces().latest(),
                run())));
    }

    @Override
    public CompletionStage<Void> change(TransferChange change) {
        return ask(() -> changes.carryOut(change));
    }

    /** Somebody reads a file; see {@link net.shoal.api.transfer.ContentReading}. */
    CompletionStage<ContentReader> open(int file) {
        return metainfo.thenCompose(content -> ask(() -> {
            var files = content.info().files();
            if (file < 0 || file >= files.size() || files.get(file).isPad()) {
                throw new IllegalArgumentException("there is no file " + file + " in " + facts.name);
            }
            return readers.open(content.info(), file);
        }));
    }

    /** The event loop everything of this transfer runs on. */
    EventLoop loop() {
        return loop;
    }

    /** The swarm inbound peers can join, if there is one; from any thread, to be used on the loop. */
    Optional<Swarm> reachable() {
        return Optional.ofNullable(reachable);
    }

    /** A sentence, while its state cannot be saved; from any thread. */
    Optional<String> unsaved() {
        return saver.trouble();
    }

    /** Nothing happens if the node is gone. */
    void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the node is stopping", facts.name, e);
        }
    }

    private <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> question) {
        var answer = new CompletableFuture<T>();
        loop.execute(() -> {
            try {
                question.get().whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    // ---- life

    /** Begins what was just added. */
    void startAnew(List<PeerAddress> peers) {
        facts.peers = peers;
        known.ifPresent(saver::save);
        saver.save(facts);
        start();
    }

    /** Goes on with what was loaded. */
    void start() {
        begun = true;
        course.proceed();
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

    /** Ends for good; the returned stage is done when its files are closed. */
    CompletionStage<Void> stop(boolean forget) {
        var closed = new CompletableFuture<Void>();
        loop.execute(() -> course.leave(() -> {
            siblings.forget();
            readers.end();
            if (forget) {
                saver.delete();
            }
            saver.idle().whenComplete((done, failure) -> closed.complete(null));
        }));
        return closed;
    }

    private Optional<TransferRun> run() {
        return course.now(TransferRun.class);
    }

    private void running(Consumer<TransferRun> call) {
        run().ifPresent(call);
    }

    private final class OnStage implements TransferCourse.Stage {
        @Override
        public boolean hasFiles() {
            return known.isPresent();
        }

        @Override
        public Standing standing() {
            return LiveTransfer.this.standing();
        }

        @Override
        public Activity begin(TransferCourse.Goal goal) {
            lastTick = System.nanoTime();
            pace = new Pace(lastTick);
            scheduleTick(false);
            return goal == TransferCourse.Goal.MOVE
                    ? new ContentMove(
                            parts, work.mover, loop, known.orElseThrow().info(), facts, saver, new MoveEvents())
                    : new TransferRun(
                            parts,
                            work,
                            loop,
                            known,
                            facts,
                            saver,
                            () -> facts.peers,
                            siblings,
                            readers,
                            new RunEvents());
        }

        @Override
        public void onTurn() {
            if (begun) {
                post(course::proceed);
            }
        }

        @Override
        public void onPlace() {
            if (begun) {
                post(() -> saver.save(facts));
            }
        }

        @Override
        public void show(TransferCourse.Goal goal) {
            reachable = null;
            if (goal != TransferCourse.Goal.GONE) {
                change(StatusView.first(goal, facts, known.isPresent()));
            }
        }

        @Override
        public void ended() {
            if (ticking != null) {
                ticking.cancel(false);
            }
            slow = false;
            saver.save(facts);
            publish();
        }
    }

    private final class RunEvents implements TransferRun.Events {
        @Override
        public void onState(TransferState now) {
            reachable = run().flatMap(TransferRun::swarmIfAny).orElse(null);
            if (now instanceof TransferState.Downloading || now instanceof TransferState.Seeding) {
                course.checked();
            }
            change(now);
        }

        @Override
        public void onProgress(TransferState now) {
            state = now;
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
        public void onAwake() {
            if (ticksSlowly && ticking != null && ticking.cancel(false)) {
                scheduleTick(false);
            }
        }

        @Override
        public boolean mayGoOn() {
            return course.goal() == TransferCourse.Goal.RUN;
        }

        @Override
        public void onChecked() {
            course.checked();
            course.restart();
        }

        @Override
        public void onCompleted() {
            known = known.flatMap(
                    metainfo -> run().flatMap(TransferRun::report).map(report -> report.enrich(metainfo)));
            known.ifPresent(saver::save);
            tell(new TransferEvent.Completed(LiveTransfer.this));
        }

        @Override
        public void onRestart() {
            course.restart();
        }
    }

    private final class MoveEvents implements ContentMove.Events {
        @Override
        public void onState(TransferState now) {
            change(now);
        }

        @Override
        public void onUnderWay() {
            relocating.underWay();
        }

        @Override
        public boolean callOff(Exception cause) {
            return relocating.callOff(cause);
        }

        @Override
        public void onFailed() {
            relocating.over();
        }

        @Override
        public void onEnd() {
            relocating.over();
            course.restart();
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
        if (facts.looks) {
            facts.looks = false;
            changes.pause(TransferState.Paused.Why.CHOICE);
        } else {
            running(there -> there.open(content));
        }
    }

    // ---- changes

    private final class Myself implements TransferChanges.Subject {
        @Override
        public Optional<Info> info() {
            return known.map(Metainfo::info);
        }

        @Override
        public void running(Consumer<TransferRun> call) {
            LiveTransfer.this.running(call);
        }

        @Override
        public TransferCourse course() {
            return course;
        }

        @Override
        public Optional<VerifiedPieces> saved() {
            return saver.pieces().latest();
        }

        @Override
        public void addPeers(List<PeerAddress> peers) {
            if (known.filter(metainfo -> metainfo.info().isPrivate()).isPresent()) {
                throw new IllegalArgumentException("this torrent is private: its peers come from its trackers alone;"
                        + " add one of those instead");
            }
            LiveTransfer.this.addPeers(peers);
        }

        @Override
        public void save() {
            saver.save(facts);
            publish();
        }
    }

    private void addPeers(List<PeerAddress> peers) {
        var all = new ArrayList<>(facts.peers);
        peers.stream().filter(peer -> !all.contains(peer)).forEach(all::add);
        if (all.size() > facts.peers.size()) {
            facts.peers = List.copyOf(all.subList(Math.max(0, all.size() - MAX_USER_PEERS), all.size()));
            saver.save(facts);
        }
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

    void onNetwork() {
        running(TransferRun::networkChanged);
    }

    void onExtensions() {
        running(TransferRun::extensionsChanged);
    }

    /** The storage that holds the content went: it may come back. */
    void onStorageGone(String name) {
        if (run().isPresent() && known.isPresent() && name.equals(facts.storage.orElse(parts.defaultStorage()))) {
            // opening fails for want of it, and is tried again
            course.restart();
        }
    }

    /** A storage came: what failed for want of it need not wait. */
    void onStorage() {
        course.now(Activity.class).ifPresent(Activity::retryNow);
    }

    TransferFacts facts() {
        return facts;
    }

    Optional<Metainfo> known() {
        return known;
    }

    // ---- telling

    private void scheduleTick(boolean slowly) {
        ticksSlowly = slowly;
        ticking = loop.schedule(this::tick, slowly ? QUIET_SECONDS : 1, TimeUnit.SECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        int seconds = (int) Math.max(1, Math.round((now - lastTick) / 1e9));
        lastTick = now;
        // first, for whatever goes wrong, time goes on
        scheduleTick(course.now(Activity.class).filter(Activity::isQuiet).isPresent());
        course.now(Activity.class).ifPresent(activity -> activity.tick(seconds));
        saver.retry(facts);
        publish();
        boolean seeding = state instanceof TransferState.Seeding;
        slow = pace.update(seeding ? status.upRate() : status.downRate(), System.nanoTime());
        standAnew();
        if (seeding) {
            seedLimits
                    .reached(status, parts.settings().get(), System.nanoTime())
                    .ifPresent(changes::pause);
        }
    }

    private Standing standing() {
        boolean isSeed = facts.completed.isPresent() || facts.isSharedInPlace();
        var load = state instanceof TransferState.Failed
                ? Standing.Load.NONE
                : slow ? Standing.Load.SLOW : Standing.Load.FULL;
        var standing = new Standing(true, isSeed ? Standing.Kind.SEED : Standing.Kind.DOWNLOAD, facts.forced, load);
        return facts.paused.isPresent() || !facts.leaving.isEmpty() ? standing.idle() : standing;
    }

    /** It may count for more or less now. */
    private void standAnew() {
        if (run().isPresent()) {
            course.ticket().stand(standing());
        }
    }

    private TransferStatus currentStatus() {
        Optional<SwarmReport> report = run().flatMap(TransferRun::report);
        return StatusView.of(facts, known, selection(), state, saver.pieces().latest(), report);
    }

    private Optional<Selection> selection() {
        return run().flatMap(TransferRun::selection).or(() -> known.flatMap(this::selected));
    }

    /** Nothing where its globs match nothing, which it fails of once it is at work. */
    private Optional<Selection> selected(Metainfo content) {
        try {
            return Optional.of(facts.selection(content.info()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private TransferOptions options() {
        return new TransferOptions(
                facts.limits,
                facts.sequential,
                facts.firstAndLast,
                facts.superSeed,
                facts.forced,
                course.ticket().position());
    }

    private void publish() {
        status = currentStatus();
    }

    private void change(TransferState now) {
        var before = state;
        state = now;
        readers.on(now);
        standAnew();
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
