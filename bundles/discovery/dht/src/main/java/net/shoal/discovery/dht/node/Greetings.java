package net.shoal.discovery.dht.node;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import net.shoal.base.bencode.BDict;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.limits.Addresses;
import net.shoal.discovery.dht.limits.Pace;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.table.RoutingTable;

/**
 * Asks those who may be nodes whether they are: who asked us, whom others name. Only who answers comes into a table. A stranger whose question
 * deserves more than may be sent to who has proven nothing is asked first as well.
 */
final class Greetings {
    /** At a time. */
    private static final int MOST = 64;
    /** Bytes of one. */
    private static final int PING = 67;

    private final Timers timers;
    private final Questions questions;
    private final Addresses addresses;
    private final Predicate<Endpoint> permits;
    private final Set<Endpoint> underWay = new HashSet<>();
    private final Pace pace = new Pace(2, 20);
    private final Pace namings = new Pace(0.5, 10);
    private final Pace doubts = new Pace(4, 20);

    Greetings(Timers timers, Questions questions, Addresses addresses, Predicate<Endpoint> permits) {
        this.timers = timers;
        this.questions = questions;
        this.addresses = addresses;
        this.permits = permits;
    }

    /** Somebody has asked us: it comes into the table if there is a place for it and it answers. */
    void asked(Side side, Sha1Hash id, Endpoint from) {
        side.table().hasAsked(from, id, timers.now());
        if (side.table().wants(id, from) && mayNow() && hasRoomFor(from)) {
            ping(side, from);
        }
    }

    private boolean mayNow() {
        return underWay.size() < MOST && pace.delay(timers.now()) == 0;
    }

    /** It leaves at once, so that nothing else takes what may be sent there. */
    private boolean hasRoomFor(Endpoint node) {
        return questions.delay() == 0 && addresses.allowance(node, timers.now()) >= PING;
    }

    /** A peer says that it is a node too (BEP 5). There may be many of them, and none of it true: they take no place of others who ask us. */
    void named(Side side, Endpoint node) {
        if (namings.delay(timers.now()) == 0) {
            namings.take(timers.now(), 1);
            introduce(side, node);
        }
    }

    /** Gets to know a node, if it answers. */
    void introduce(Side side, Endpoint node) {
        if (mayAsk(node) && !side.table().knows(node) && mayNow()) {
            ping(side, node);
        }
    }

    private boolean mayAsk(Endpoint node) {
        return node.leadsSomewhere() && permits.test(node);
    }

    /** Nodes that a node tells of: those there is a place for are asked whether they are there. */
    void hear(Side side, Endpoint from, BDict values) {
        values.string(side.family.nodes).ifPresent(nodes -> {
            var in = nodes.buffer();
            int length = Sha1Hash.LENGTH + side.family.endpointLength();
            for (int i = 0; i < RoutingTable.K && in.remaining() >= length; i++) {
                var id = Sha1Hash.read(in);
                var endpoint = Endpoint.read(in, side.family);
                if (from.mayName(endpoint) && side.table().wants(id, endpoint)) {
                    introduce(side, endpoint);
                }
            }
        });
    }

    private void ping(Side side, Endpoint node) {
        if (underWay.add(node)) {
            pace.take(timers.now(), 1);
            ping(side, node, () -> {});
        }
    }

    /**
     * Asks a stranger whether it is there before anything is done for it.
     *
     * @param then once it has answered, or does not in time
     * @return false if that cannot be done now
     */
    boolean before(Side side, Endpoint stranger, Runnable then) {
        boolean mayDoubt = underWay.size() < MOST && doubts.delay(timers.now()) == 0 && hasRoomFor(stranger);
        if (!mayDoubt || !underWay.add(stranger)) {
            return false;
        }
        doubts.take(timers.now(), 1);
        ping(side, stranger, then);
        return true;
    }

    private void ping(Side side, Endpoint node, Runnable then) {
        questions.ask(node, "ping", Replies.bare(side), new Answer() {
            @Override
            public void replied(Sha1Hash id, BDict values, int millis) {
                end();
            }

            @Override
            public void failed(int code, String text) {
                end();
            }

            private void end() {
                underWay.remove(node);
                then.run();
            }
        });
    }
}
