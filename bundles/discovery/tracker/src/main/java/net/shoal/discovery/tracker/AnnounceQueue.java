package net.shoal.discovery.tracker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Makes the announces of all transfers, so many at a time: a thousand transfers that start are no storm, and one dead host does not hold up
 * the others. Farewells go first. Confined to {@code loop}.
 */
final class AnnounceQueue {
    private final AnnounceClient client;
    private final Executor loop;
    private final int atOnce;
    private final int atOncePerHost;
    private final Deque<Waiting> farewells = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, Integer> inFlightByHost = new HashMap<>();
    private int inFlight;
    private int farewellsLeft;
    private Runnable onFarewellsDone = () -> {};

    AnnounceQueue(AnnounceClient client, Executor loop, int atOnce, int atOncePerHost) {
        this.client = client;
        this.loop = loop;
        this.atOnce = atOnce;
        this.atOncePerHost = atOncePerHost;
    }

    /** How an announce goes on. Called on the loop. */
    interface Outcome {
        void sent();

        void replied(AnnounceReply reply);

        void failed(TrackerFailure failure);
    }

    /** @param isWanted asked before it is made: false drops it */
    void add(AnnouncePlan.Announce announce, BooleanSupplier isWanted, Outcome outcome) {
        waiting.add(new Waiting(announce, isWanted, outcome));
        pump();
    }

    /** What {@code stopped} announces come to interests nobody. */
    void addFarewell(AnnouncePlan.Announce announce) {
        farewellsLeft++;
        farewells.add(new Waiting(announce, () -> true, new Farewell()));
        pump();
    }

    /** Runs {@code then} once no farewell is waiting or in flight. */
    void onFarewellsDone(Runnable then) {
        onFarewellsDone = then;
        if (farewellsLeft == 0) {
            then.run();
        }
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting.size() + farewells.size();
    }

    private void pump() {
        while (inFlight < atOnce) {
            var next = take(farewells).or(() -> take(waiting));
            if (next.isEmpty()) {
                return;
            }
            start(next.get());
        }
    }

    private Optional<Waiting> take(Deque<Waiting> from) {
        for (Iterator<Waiting> each = from.iterator(); each.hasNext(); ) {
            var candidate = each.next();
            if (!candidate.isWanted.getAsBoolean()) {
                each.remove();
            } else if (inFlightByHost.getOrDefault(candidate.host(), 0) < atOncePerHost) {
                each.remove();
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void start(Waiting next) {
        inFlight++;
        inFlightByHost.merge(next.host(), 1, Integer::sum);
        next.outcome.sent();
        made(next.announce).whenCompleteAsync((reply, problem) -> ended(next, reply, problem), loop);
    }

    private CompletionStage<AnnounceReply> made(AnnouncePlan.Announce announce) {
        try {
            return client.announce(announce.url(), announce.family(), announce.request());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void ended(Waiting ended, AnnounceReply reply, Throwable problem) {
        inFlight--;
        inFlightByHost.computeIfPresent(ended.host(), (host, count) -> count == 1 ? null : count - 1);
        if (problem == null) {
            ended.outcome.replied(reply);
        } else {
            ended.outcome.failed(TrackerFailure.of(problem));
        }
        pump();
    }

    private record Waiting(AnnouncePlan.Announce announce, BooleanSupplier isWanted, Outcome outcome) {
        String host() {
            return announce.url().authority();
        }
    }

    private final class Farewell implements Outcome {
        @Override
        public void sent() {}

        @Override
        public void replied(AnnounceReply reply) {
            done();
        }

        @Override
        public void failed(TrackerFailure failure) {
            done();
        }

        private void done() {
            if (--farewellsLeft == 0) {
                onFarewellsDone.run();
            }
        }
    }
}
