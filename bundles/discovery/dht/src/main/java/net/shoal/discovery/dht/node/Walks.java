package net.shoal.discovery.dht.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BList;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.lookup.Candidate;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.table.RoutingTable;

/**
 * The errands of lookups: what is asked on the way. Questions are filled up with zeros to such a length that the answer with all its nodes, and a ping to
 * see whether we are worth a place in a table, are at most 1.2 times as long: a node that is as careful as we are gives a stranger no more.
 */
final class Walks {
    private static final BString VALUES = BString.of("values");
    private static final int MAX_VALUES = 200;
    static final int PAD_TO = 310;
    /** What is around the arguments. */
    private static final int AROUND = 45;

    private final Questions questions;
    private final NodeSettings settings;

    Walks(Questions questions, NodeSettings settings) {
        this.questions = questions;
        this.settings = settings;
    }

    private Lookup start(Side side, Sha1Hash target, List<Endpoint> entries, Lookup.Errand errand) {
        var lookup = new Lookup(target, side.id(), side.family, settings.permits(), errand);
        lookup.start(side.table().closest(target, 2 * RoutingTable.K, false), entries);
        return lookup;
    }

    /** The nodes closest to a key. */
    Lookup nodes(
            Side side,
            Sha1Hash target,
            List<Endpoint> entries,
            boolean bothFamilies,
            Consumer<Candidate> replied,
            Consumer<Lookup> done) {
        return start(side, target, entries, new Lookup.Errand() {
            @Override
            public void ask(Candidate to, Answer answer) {
                questions.ask(to.endpoint, "find_node", findNode(side, target, bothFamilies), answer);
            }

            @Override
            public void replied(Candidate from) {
                replied.accept(from);
            }

            @Override
            public void done(Lookup lookup) {
                done.accept(lookup);
            }
        });
    }

    static Bencoder findNode(Side side, Sha1Hash target, boolean bothFamilies) {
        var out = new Bencoder().dict().text("id").id(side.id());
        pad(out, 60);
        out.text("target").id(target);
        return end(out, bothFamilies);
    }

    private static Bencoder end(Bencoder out, boolean bothFamilies) {
        if (bothFamilies) {
            out.text("want").list().text("n4").text("n6").end();
        }
        return out.end();
    }

    /** @param more bytes of arguments that are still to come */
    private static void pad(Bencoder out, int more) {
        int missing = PAD_TO - AROUND - out.length() - more - 9;
        if (missing > 0) {
            out.text("pad").zeros(missing);
        }
    }

    /** Asks, and once more with the token where there is more for who has one: what strangers get is short. */
    void thoroughly(Candidate to, String query, Answer answer, Function<Optional<byte[]>, Bencoder> arguments) {
        questions.ask(to.endpoint, query, arguments.apply(Optional.empty()), new Answer() {
            @Override
            public void replied(Sha1Hash id, BDict values, int millis) {
                if (values.get(Replies.MORE_KEY).isEmpty()) {
                    answer.replied(id, values, millis);
                    return;
                }
                var token = values.string("token");
                if (token.isPresent()) {
                    var again = arguments.apply(token.map(BString::toBytes));
                    questions.ask(to.endpoint, query, again, answer);
                } else {
                    answer.replied(id, values, millis);
                }
            }

            @Override
            public void failed(int code, String text) {
                answer.failed(code, text);
            }

            @Override
            public void isSlow() {
                answer.isSlow();
            }
        });
    }

    /** Peers of a swarm. */
    Lookup peers(Side side, Sha1Hash key, boolean noSeeds, PeerHunt hunt) {
        return start(side, key, List.of(), new Lookup.Errand() {
            @Override
            public void ask(Candidate to, Answer answer) {
                thoroughly(to, "get_peers", answer, token -> {
                    var out = new Bencoder().dict().text("id").id(side.id());
                    out.text("info_hash").id(key);
                    if (noSeeds) {
                        out.text("noseed").integer(1);
                    }
                    pad(out, 2);
                    token.ifPresent(given -> out.text("token").bytes(given));
                    return out.end();
                });
            }

            @Override
            public void replied(Candidate from) {
                var found = values(side, from);
                if (!found.isEmpty()) {
                    hunt.found(found);
                }
            }

            @Override
            public void done(Lookup lookup) {
                hunt.done(lookup);
            }
        });
    }

    private List<Endpoint> values(Side side, Candidate from) {
        if (!(from.values().get(VALUES).orElse(BDict.EMPTY) instanceof BList list)) {
            return List.of();
        }
        var found = new ArrayList<Endpoint>();
        int looked = 0;
        for (BValue value : list) {
            if (value instanceof BString compact && compact.length() == side.family.endpointLength()) {
                var peer = Endpoint.read(compact.buffer(), side.family);
                if (peer.leadsSomewhere()
                        && from.endpoint.mayName(peer)
                        && settings.permits().test(peer)) {
                    found.add(peer);
                }
            }
            if (++looked >= MAX_VALUES) {
                break;
            }
        }
        return found;
    }

    /** What nodes keep under a key (BEP 44). */
    Lookup items(
            Side side, Sha1Hash target, OptionalLong newerThan, Consumer<Candidate> replied, Consumer<Lookup> done) {
        return start(side, target, List.of(), new Lookup.Errand() {
            @Override
            public void ask(Candidate to, Answer answer) {
                thoroughly(to, "get", answer, token -> {
                    var out = new Bencoder().dict().text("id").id(side.id());
                    pad(out, 60);
                    if (newerThan.isPresent()) {
                        out.text("seq").integer(newerThan.getAsLong());
                    }
                    out.text("target").id(target);
                    token.ifPresent(given -> out.text("token").bytes(given));
                    return out.end();
                });
            }

            @Override
            public void replied(Candidate from) {
                replied.accept(from);
            }

            @Override
            public void done(Lookup lookup) {
                done.accept(lookup);
            }
        });
    }
}
