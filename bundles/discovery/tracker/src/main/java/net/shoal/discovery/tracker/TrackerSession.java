package net.shoal.discovery.tracker;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import net.shoal.api.transfer.DiscoverySession;
import net.shoal.api.transfer.PeerSink;
import net.shoal.api.transfer.TransferDetails.DiscoveryStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link AnnouncePlan} of one transfer. The plan belongs to {@code loop}: what outsiders call is posted there, and what they may
 * see of it is a snapshot.
 */
final class TrackerSession implements DiscoverySession {
    private static final Logger LOG = LoggerFactory.getLogger(TrackerSession.class);

    private final AnnouncePlan plan;
    private final AnnounceQueue queue;
    private final PeerSink sink;
    private final Executor loop;
    private final LongSupplier clock;
    private final Consumer<TrackerSession> onClosed;

    private boolean isReady;
    private boolean isClosed;
    private volatile List<TrackerView> views;

    /** @param clock milliseconds that only go forward */
    TrackerSession(
            AnnouncePlan plan,
            AnnounceQueue queue,
            PeerSink sink,
            Executor loop,
            LongSupplier clock,
            Consumer<TrackerSession> onClosed) {
        this.plan = plan;
        this.queue = queue;
        this.sink = sink;
        this.loop = loop;
        this.clock = clock;
        this.onClosed = onClosed;
        this.views = plan.views(clock.getAsLong());
    }

    /** The first one starts the announcing: before it, nobody knows whether we are a seed. */
    @Override
    public void update(Progress progress) {
        loop.execute(() -> {
            plan.update(progress);
            isReady = true;
            tick();
        });
    }

    /** On the loop. */
    void networkChanged() {
        plan.networkChanged(clock.getAsLong());
    }

    /** Called every second, on the loop. */
    void tick() {
        if (isClosed || !isReady) {
            return;
        }
        plan.due(clock.getAsLong()).forEach(announce -> queue.add(announce, () -> !isClosed, new Answer(announce)));
        views = plan.views(clock.getAsLong());
    }

    @Override
    public List<DiscoveryStatus> status() {
        long now = clock.getAsLong();
        return Stream.concat(views.stream().map(view -> view.status(now)), plan.unusable().stream())
                .toList();
    }

    List<TrackerView> views() {
        return views;
    }

    @Override
    public void close() {
        loop.execute(() -> {
            if (!isClosed) {
                isClosed = true;
                plan.farewells().forEach(queue::addFarewell);
                onClosed.accept(this);
            }
        });
    }

    private final class Answer implements AnnounceQueue.Outcome {
        private final AnnouncePlan.Announce announce;

        Answer(AnnouncePlan.Announce announce) {
            this.announce = announce;
        }

        @Override
        public void sent() {
            announce.route().sent(clock.getAsLong());
        }

        @Override
        public void replied(AnnounceReply reply) {
            if (isClosed) {
                return;
            }
            plan.replied(announce, reply, clock.getAsLong());
            tick();
            var use = plan.useOf(announce);
            if (use == AnnouncePlan.Use.TAKE_INSTEAD) {
                sink.forget();
            }
            if (use != AnnouncePlan.Use.LEAVE && !reply.peers().isEmpty()) {
                sink.found(reply.peers());
            }
        }

        @Override
        public void failed(TrackerFailure failure) {
            if (isClosed) {
                return;
            }
            if (failure.kind() != TrackerFailure.Kind.NO_ADDRESS) {
                LOG.debug(
                        "Tracker {} over {}: {}",
                        announce.url().shown(),
                        announce.family().label(),
                        failure.reason());
            }
            plan.failed(announce, failure, clock.getAsLong());
            tick();
        }
    }
}
