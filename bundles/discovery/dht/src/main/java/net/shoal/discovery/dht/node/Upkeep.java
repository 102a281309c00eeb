package net.shoal.discovery.dht.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.shoal.base.bencode.BDict;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.table.Contact;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.RoutingTable;

/**
 * Keeps the table of one of the networks. It knows too few → looks for itself, from the routers and whom it remembers, less and less often →
 * knows enough, looks around a few times more → asks, every few seconds, the node that was silent for longest.
 */
final class Upkeep {
    private static final long EVERY = 4_000;
    private static final long LOOK_FOR_SELF = 20 * 60_000L;
    private static final long GROWTH = 15_000;
    private static final long SLOWEST_JOIN = 5 * 60_000L;
    private static final int FEW = RoutingTable.K;
    /** Who is known to so many and yet not asked is not reached. */
    private static final int MANY = 16;

    private final Side side;
    /** The network of the other family, if we are in it. */
    private final Optional<Side> other;

    private final Timers timers;
    private final RandomGenerator random;
    private final Questions questions;
    private final Walks walks;
    private final Greetings greetings;
    private List<Endpoint> routers = List.of();
    private boolean isJoining;
    private boolean isGrowing;

    Upkeep(
            Side side,
            Optional<Side> other,
            Timers timers,
            RandomGenerator random,
            Questions questions,
            Walks walks,
            Greetings greetings) {
        this.side = side;
        this.other = other;
        this.timers = timers;
        this.random = random;
        this.questions = questions;
        this.walks = walks;
        this.greetings = greetings;
    }

    /** @param hides what follows for whether we hide */
    void start(Runnable hides) {
        timers.in(0, this::join);
        timers.every(EVERY, random, () -> {
            keepUp();
            hides.run();
        });
        timers.every(LOOK_FOR_SELF, random, this::look);
    }

    /** @param all of any family */
    void routers(List<Endpoint> all) {
        routers = all.stream().filter(router -> router.family() == side.family).toList();
        timers.in(0, () -> {
            if (isThin(side)) {
                look();
            }
        });
    }

    private static boolean isThin(Side side) {
        return side.table().usable() < FEW;
    }

    private void join() {
        if (!isJoining && isThin(side)) {
            isJoining = true;
            join(1);
        }
    }

    /** Tries to get to know others until it knows enough. */
    private void join(int attempt) {
        look(lookup -> {
            if (side.table().usable() > 0 && !isGrowing) {
                grow(GROWTH);
            }
            timers.in(Math.min(SLOWEST_JOIN, 2_000L << Math.min(attempt, 8)), () -> {
                isJoining = isThin(side);
                if (isJoining) {
                    join(attempt + 1);
                }
            });
        });
    }

    /** Looks around, and again after four times as long, until the table keeps itself: who has just come knows few and is known to few. */
    private void grow(long again) {
        fillBuckets();
        isGrowing = again < LOOK_FOR_SELF;
        if (isGrowing) {
            timers.in(again, () -> {
                look();
                grow(4 * again);
            });
        }
    }

    /** Looks for itself. */
    void look() {
        look(ignored -> {});
    }

    private void look(Consumer<Lookup> done) {
        walk(side.id(), isThin(side) ? routers : List.of(), done);
    }

    /** Those far away come by themselves into the tables of those who look for many keys, but slowly. */
    private void fillBuckets() {
        for (int bits = 0; bits < Math.min(4, side.table().depth()); bits++) {
            walk(Ids.randomWith(side.id(), bits, random), List.of(), ignored -> {});
        }
    }

    private void walk(Sha1Hash target, List<Endpoint> entries, Consumer<Lookup> done) {
        var thin = other.filter(Upkeep::isThin);
        walks.nodes(
                side,
                target,
                entries,
                thin.isPresent(),
                from -> thin.ifPresent(network -> greetings.hear(network, from.endpoint, from.values())),
                done);
    }

    private void keepUp() {
        var due = Optional.ofNullable(side.table().toReplace(timers.now()))
                .or(() -> Optional.ofNullable(side.table().stalest(timers.now())));
        due.ifPresent(this::ask);
        if (side.table().usable() == 0) {
            join();
        }
        boolean isLocal = side.address().map(Endpoint::isLocal).orElse(false);
        side.reachability().look(timers.now(), !isLocal && side.table().usable() >= MANY);
    }

    private void ask(Contact contact) {
        int bits = Ids.commonBits(side.id(), contact.id);
        var target = bits >= side.table().depth() ? side.id() : Ids.randomWith(side.id(), bits, random);
        var thin = other.filter(Upkeep::isThin);
        questions.ask(contact.endpoint, "find_node", Walks.findNode(side, target, thin.isPresent()), new Answer() {
            @Override
            public void replied(Sha1Hash id, BDict values, int millis) {
                greetings.hear(side, contact.endpoint, values);
                thin.ifPresent(network -> greetings.hear(network, contact.endpoint, values));
            }

            /** Who refuses what every node answers is of no use; that it was silent is known already. */
            @Override
            public void failed(int code, String text) {
                if (code != 0) {
                    side.table().failed(contact.endpoint);
                }
            }
        });
    }
}
