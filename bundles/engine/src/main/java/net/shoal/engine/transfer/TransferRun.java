package net.shoal.engine.transfer;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.Discovery;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.InfoHashes;
import net.shoal.base.model.PeerAddress;
import net.shoal.engine.source.Siblings;
import net.shoal.engine.source.Sources;
import net.shoal.engine.swarm.Swarm;
import net.shoal.engine.swarm.SwarmOwner;
import net.shoal.engine.swarm.SwarmReport;
import net.shoal.engine.wire.EventLoopLoop;
import org.jspecify.annotations.Nullable;

/**
 * A transfer while it is at work, from the time it is added or resumed until it is paused, checked anew or stopped. On its loop.
 *
 * <pre>
 *   (no info dictionary) FetchingMetadata ─┐
 *                          → Checking → Downloading → Seeding
 *                               ↑___________|____________|_____ → Failed: tried again every few seconds
 * </pre>
 */
final class TransferRun implements SwarmOwner {
    private static final long RETRY_SECONDS = 2;

    private final EngineParts parts;
    private final EventLoop loop;
    private final TransferFacts facts;
    private final ResumeSaver saver;
    private final Supplier<List<PeerAddress>> userPeers;
    private final Siblings siblings;
    private final Events events;
    private final Discoveries discoveries;
    private TransferState state = new TransferState.FetchingMetadata();
    private Optional<Metainfo> content = Optional.empty();
    private Optional<Selection> selection = Optional.empty();
    private @Nullable Opening opening;
    private @Nullable PieceStore store;
    private @Nullable Swarm swarm;
    private @Nullable Sources sources;
    private boolean completedNow;
    private boolean retrying;
    private boolean ended;

    /** Who hears of it. */
    interface Events {
        void onState(TransferState now);

        /** There is something new to see. */
        void onProgress();

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
            EventLoop loop,
            TransferFacts facts,
            ResumeSaver saver,
            Supplier<List<PeerAddress>> userPeers,
            Siblings siblings,
            Events events) {
        this.parts = parts;
        this.loop = loop;
        this.facts = facts;
        this.saver = saver;
        this.userPeers = userPeers;
        this.siblings = siblings;
        this.events = events;
        this.discoveries = new Discoveries(found -> loop.execute(() -> {
            if (swarm != null) {
                swarm.found(found);
            }
        }));
    }

    // ---- life

    /** Goes and gets the info dictionary. */
    void fetchMetadata(InfoHashes hashes) {
        startSwarm(hashes);
        change(new TransferState.FetchingMetadata());
    }

    private void startSwarm(InfoHashes hashes) {
        var started = new Swarm(parts.swarmContext(loop), hashes, this);
        swarm = started;
        started.limit(facts.limits);
        started.foundByUser(userPeers.get());
        started.start();
        discover();
    }

    /** Looks for peers, on as many ways as there are; anew where what we look for has changed. */
    void discover() {
        if (swarm != null) {
            var info = content.map(Metainfo::info);
            discoveries.open(
                    parts.wanted(swarm.hashes(), facts, info),
                    parts.discoveries().now());
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
        change(new TransferState.Checking(0));
        // what is being saved is looked at when it is saved
        saver.idle()
                .thenRun(() -> loop.execute(() -> {
                    if (!ended) {
                        var begun = new Opening(
                                parts, metainfo, facts, saver.verified(), facts.recheck, new OpeningEvents());
                        opening = begun;
                        begun.start();
                    }
                }));
    }

    private final class OpeningEvents implements Opening.Events {
        @Override
        public void onProgress(double checked) {
            loop.execute(() -> {
                if (!ended) {
                    state = new TransferState.Checking(checked);
                    events.onProgress();
                }
            });
        }

        @Override
        public void onOpen(PieceStore opened, Bitfield verified) {
            loop.execute(() -> {
                opening = null;
                if (ended) {
                    discard(opened);
                } else if (facts.existing != Existing.KEEP_VERIFIED && verified.cardinality() < verified.size()) {
                    discard(opened);
                    fail(new IOException("the content at " + facts.location.root(facts.name)
                            + " is not that of this torrent (" + (verified.size() - verified.cardinality()) + " of "
                            + verified.size() + " pieces differ); share the files it was made from"));
                } else {
                    begin(opened, verified);
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

    private void discard(PieceStore opened) {
        onDisk(opened::close, () -> {}, cause -> {});
    }

    private void begin(PieceStore opened, Bitfield verified) {
        var metainfo = content.orElseThrow();
        store = opened;
        facts.recheck = false;
        if (swarm == null) {
            startSwarm(metainfo.info().hashes());
        }
        var running = swarm();
        running.setContent(metainfo, opened, verified);
        running.setPriorities(selection.orElseThrow().priorities());
        running.superSeed(facts.superSeed);
        order();
        discover();
        var beside = new Sources(new EventLoopLoop(loop), parts.sources()::now, running, metainfo.info());
        sources = beside;
        siblings.open(running);
        beside.add(facts.webSeeds);
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
        if (facts.completed.isEmpty() && !selection.orElseThrow().isNothing()) {
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
        onDisk(
                opened::complete,
                () -> {
                    finished();
                    then.run();
                },
                this::onDiskFailure);
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

    /** Closes all that is open, then goes on with {@code then}. The run is over. */
    void end(Runnable then) {
        ended = true;
        report().ifPresent(report -> {
            facts.downloaded += report.downloaded();
            facts.uploaded += report.uploaded();
        });
        remember();
        discoveries.close();
        if (sources != null) {
            sources.close();
        }
        siblings.close();
        if (opening != null) {
            opening.cancel();
        }
        var before = swarm;
        swarm = null;
        store = null;
        if (before == null) {
            then.run();
        } else {
            before.close("the transfer stops", then);
        }
    }

    // ---- what the swarm says

    @Override
    public void onMetadata(Info info) {
        events.onMetadata(info);
    }

    /** May still come when the run has ended: the disk was at it. */
    @Override
    public void onVerified(int piece) {
        saver.touch();
        if (!ended) {
            siblings.verified(piece);
        }
        if (!ended && state instanceof TransferState.Failed) {
            swarm().resume();
            settle();
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

    private void fail(IOException cause) {
        change(DiskTrouble.describe(cause, parts.clock().instant()));
    }

    private void retryLater() {
        if (!retrying) {
            retrying = true;
            loop.schedule(this::retry, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void retry() {
        retrying = false;
        retryNow();
    }

    /** What made it fail may be over. */
    void retryNow() {
        if (ended || opening != null || !(state instanceof TransferState.Failed)) {
            return;
        }
        if (store == null) {
            open(content.orElseThrow());
        } else if (swarm().report().isFinished()) {
            // what could not be read may be back: it is looked at again before it is offered
            events.onRestart();
        } else {
            // goes on once a piece was written
            swarm().resume();
        }
    }

    // ---- what others ask of it

    /** Once a second. */
    void tick() {
        var running = report();
        if (running.isPresent()) {
            discoveries.update(running.get(), parts.limits().each().maxPeers(), completedNow);
            completedNow = false;
            if (sources != null) {
                sources.tick();
            }
            siblings.tick();
            if (saver.isDue()) {
                remember();
            }
        }
    }

    /** Takes down what is verified, and what the files look like now. */
    private void remember() {
        var opened = store;
        var running = report().filter(SwarmReport::hasContent);
        if (opened != null && running.isPresent()) {
            var report = running.get();
            saver.save(facts, report.verified(), content.orElseThrow().info(), opened, !report.isFinished());
        }
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
