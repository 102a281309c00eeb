package net.shoal.engine.sim;

import static net.shoal.engine.sim.Simulation.swarm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.shoal.base.metainfo.CreateOptions.Format;
import net.shoal.base.model.PeerAddress;

/**
 * People who fetch the same thing at home: they come over some minutes, most of them soon, are told of {@link #TOLD} others then and every two minutes
 * (as a tracker does), and leave some time after they have it; some leave before. Who comes, when, with what line, and how long he stays is the same
 * with all rules, given the same seed.
 */
final class HomeSwarm {
    private static final int TOLD = 50;
    private static final Duration ANNOUNCED = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(500);

    /** On average: how long each stays is spread exponentially. */
    private static final double STAY_SECONDS = 60;

    private final Simulation sim;
    private final OtherRules rules;
    private final Random random;
    private final List<Visit> visits = new ArrayList<>();
    private final Duration arrivals;

    /** What is at somebody's home, of whichever kind. */
    private interface Peer {
        PeerAddress address();

        void found(Collection<PeerAddress> peers);

        /** Null while it is not. */
        Duration completedAt();

        void leave();
    }

    /** Somebody's. */
    private final class Visit {
        private final HomeLine line;
        private final Duration comes;
        private final Duration stays;
        private final Duration gives;
        private final long latency;
        private Peer peer;
        private Duration told;
        private boolean left;

        Visit(Duration comes, boolean givesUp) {
            this.line = HomeLine.any(random);
            this.comes = comes;
            this.stays = seconds(-Math.log(1 - random.nextDouble()) * STAY_SECONDS);
            this.gives = givesUp ? seconds(10 + random.nextInt(60)) : null;
            this.latency = 5L + random.nextInt(35);
        }

        void step(Duration now) {
            if (peer == null && now.compareTo(comes) >= 0) {
                sim.rates(line.upRate(), line.downRate()).latency(Duration.ofMillis(latency));
                peer = peer(false);
                tell(now);
            } else if (peer != null && !left) {
                if (now.minus(told).compareTo(ANNOUNCED) >= 0) {
                    tell(now);
                }
                boolean had = peer.completedAt() != null
                        && now.minus(peer.completedAt()).compareTo(stays) >= 0;
                if (had || (gives != null && now.minus(comes).compareTo(gives) >= 0)) {
                    left = true;
                    peer.leave();
                }
            }
        }

        private void tell(Duration now) {
            told = now;
            var others = new ArrayList<>(sim.network().addresses());
            others.remove(peer.address());
            Collections.shuffle(others, random);
            peer.found(List.copyOf(others.subList(0, Math.min(TOLD, others.size()))));
        }

        boolean isDone() {
            return left || (gives == null && peer != null && peer.completedAt() != null);
        }
    }

    /** @param rules null: ours */
    HomeSwarm(long seed, int people, int bytes, int pieceLength, Duration arrivals, OtherRules rules) {
        this.sim =
                swarm(seed).content(Format.V1, pieceLength, bytes).strangers().sharedContent();
        this.rules = rules;
        this.random = new Random(seed);
        this.arrivals = arrivals;
        for (int i = 0; i < people; i++) {
            visits.add(new Visit(comesAfter(), i % 10 == 9));
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    /** Two thirds come in the first half of the time. */
    private Duration comesAfter() {
        double at = random.nextDouble();
        return seconds(Math.pow(at, 1.7) * arrivals.toSeconds());
    }

    /** How long it took those who stayed, in seconds, sorted. */
    double[] run(Duration limit) {
        sim.rates(20 * 125_000L, 100 * 125_000L).latency(Duration.ofMillis(20));
        peer(true);
        while (!visits.stream().allMatch(Visit::isDone)) {
            var now = sim.time().elapsed();
            if (now.compareTo(limit) > 0) {
                throw new AssertionError("not done within " + limit + ": " + sim);
            }
            visits.forEach(visit -> visit.step(now));
            sim.runFor(STEP);
        }
        double[] times = visits.stream()
                .filter(visit -> visit.gives == null)
                .mapToDouble(
                        visit -> visit.peer.completedAt().minus(visit.comes).toMillis() / 1000.0)
                .toArray();
        Arrays.sort(times);
        sim.close();
        return times;
    }

    private Peer peer(boolean seeds) {
        if (rules != null) {
            return other(seeds);
        }
        var node = seeds ? sim.seed() : sim.leecher();
        return new Peer() {
            @Override
            public PeerAddress address() {
                return node.address();
            }

            @Override
            public void found(Collection<PeerAddress> peers) {
                node.swarm().found(peers);
            }

            @Override
            public Duration completedAt() {
                return node.completedAt();
            }

            @Override
            public void leave() {
                sim.remove(node);
            }
        };
    }

    private Peer other(boolean seeds) {
        var host = new OtherPeer(
                sim.time(), sim.network(), sim.line(), sim.content(), rules, new Random(random.nextLong()));
        if (seeds) {
            host.seeds();
        }
        return new Peer() {
            @Override
            public PeerAddress address() {
                return host.address();
            }

            @Override
            public void found(Collection<PeerAddress> peers) {
                host.found(peers);
            }

            @Override
            public Duration completedAt() {
                return host.completedAt();
            }

            @Override
            public void leave() {
                host.leave();
            }
        };
    }
}
