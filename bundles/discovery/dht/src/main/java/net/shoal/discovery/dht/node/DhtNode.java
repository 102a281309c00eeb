package net.shoal.discovery.dht.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.shoal.api.dht.KrpcQuery;
import net.shoal.api.dht.MutableItem;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BValue;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.krpc.KrpcMessage;
import net.shoal.discovery.dht.krpc.KrpcReader;
import net.shoal.discovery.dht.limits.Addresses;
import net.shoal.discovery.dht.limits.Pace;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.lookup.Candidate;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.store.ItemStore;
import net.shoal.discovery.dht.store.PeerStore;
import net.shoal.discovery.dht.store.Tokens;
import net.shoal.discovery.dht.table.Contact;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.RoutingTable;

/**
 * A node. {@link #receive} and {@link #run} move its time; {@link #next} says when it wants to run again.
 *
 * <p>Each network (BEP 32) it is in goes through: knows too few → looks for itself, from the routers and whom it remembers → knows enough, and
 * keeps its table by asking, every few seconds, the node that was silent for longest.
 */
public final class DhtNode {
    private static final int ADDRESSES = 8_192;
    private static final long UPKEEP = 4_000;
    private static final long LOOK_FOR_SELF = 20 * 60_000L;
    private static final long GROWTH = 15_000;
    private static final long EXPIRE = 2 * 60_000L;
    private static final int FEW = RoutingTable.K;
    private static final int MANY = 16;
    private static final int MAX_SAVED = 200;
    private static final int OWN_PEERS = 50;
    private static final int GREETINGS = 64;
    /** Bytes of one. */
    private static final int PING = 67;

    private final NodeSettings settings;
    private final RandomGenerator random;
    private final Timers timers = new Timers();
    private final Addresses addresses = new Addresses(ADDRESSES);
    private final List<Side> sides = new ArrayList<>();
    private final PeerStore peers;
    private final ItemStore items = new ItemStore();
    private final Questions questions;
    private final Responder responder;
    private final Walks walks;
    private final Reachability reachability = new Reachability();
    private final Set<Endpoint> greeted = new HashSet<>();
    private final Pace greetings = new Pace(2, 20);
    private final Pace namings = new Pace(0.5, 10);
    private final Foreign foreign = new Foreign();
    private final List<OverlayNetwork> overlays = new ArrayList<>();
    private final Tokens tokens;
    private List<Endpoint> routers = List.of();
    private long received;

    /** @param random one that nobody can foretell: of tokens, ids and transactions */
    public DhtNode(NodeSettings settings, RandomGenerator random, Outgoing out, long now) {
        this.settings = settings;
        this.random = random;
        timers.advance(now);
        for (var family : Family.values()) {
            if (settings.families().contains(family)) {
                sides.add(new Side(family, random));
            }
        }
        this.peers = new PeerStore(random);
        this.tokens = new Tokens(random, now);
        this.questions =
                new Questions(timers, random, addresses, out, new TableKeeper(), new Pace(settings.queries(), 40));
        this.walks = new Walks(questions, settings);
        this.responder = new Responder(
                timers,
                addresses,
                out,
                peers,
                items,
                tokens,
                new Replies(sides, peers, items, tokens, random),
                new Pace(settings.bytes(), 4 * settings.bytes()),
                foreign);
        questions.readOnly(settings.readOnly());
    }

    /** Begins to look for others. */
    public void start() {
        for (var side : sides) {
            timers.in(0, () -> join(side, 1));
            timers.every(UPKEEP, random, () -> keepUp(side));
            timers.every(LOOK_FOR_SELF, random, () -> lookForSelf(side, ignored -> {}));
        }
        timers.every(EXPIRE, random, this::expire);
    }

    /** Addresses to begin with, of nodes whose ids nobody knows. */
    public void routers(List<Endpoint> all) {
        routers = all.stream().filter(settings.permits()).toList();
        timers.in(
                0,
                () -> sides.forEach(side -> {
                    if (side.table().usable() < FEW) {
                        lookForSelf(side, ignored -> {});
                    }
                }));
    }

    // time and datagrams

    /** When to call {@link #run} at the latest, in milliseconds of its clock. */
    public long next() {
        return timers.next();
    }

    public void run(long now) {
        timers.advance(now);
        timers.run();
    }

    public void receive(long now, Endpoint from, ByteBuffer datagram) {
        timers.advance(now);
        received++;
        var side = side(from.family());
        if (side.isEmpty() || !from.leadsSomewhere() || !settings.permits().test(from)) {
            return;
        }
        int length = datagram.remaining();
        boolean isQuestion = !looksLikeAnswer(datagram);
        if (isQuestion && !addresses.admits(from, length, now)) {
            return;
        }
        try {
            var message = KrpcReader.read(datagram);
            if (message instanceof KrpcMessage.Query query) {
                asked(side.get(), from, query);
            } else if (message instanceof KrpcMessage.Reply reply) {
                questions.reply(from, reply);
            } else if (message instanceof KrpcMessage.Refusal refusal) {
                questions.refusal(from, refusal);
            }
        } catch (BencodeException notOne) {
            // who speaks like this is not answered
        }
    }

    /** Its end is {@code 1:y1:re} or {@code …ee}, as keys are in order: what we asked for does not count as a flood. */
    private static boolean looksLikeAnswer(ByteBuffer datagram) {
        int end = datagram.limit();
        return datagram.remaining() > 8 && datagram.get(end - 2) != 'q';
    }

    private void asked(Side side, Endpoint from, KrpcMessage.Query query) {
        if (questions.isReadOnly()) {
            return;
        }
        if (addresses.isUnsolicited(from, timers.now())) {
            reachability.askedByStranger(timers.now());
        }
        responder.answer(side, from, query);
        if (query.readOnly()) {
            return;
        }
        query.arguments()
                .string("id")
                .filter(id -> id.length() == Sha1Hash.LENGTH)
                .map(id -> Sha1Hash.read(id.buffer()))
                .ifPresent(id -> {
                    meet(side, id, from);
                    overlay(query).ifPresent(overlay -> overlay.asked(side, id, from));
                });
    }

    /** Somebody who may be a node: it comes into the table if there is a place for it and it answers. */
    private void meet(Side side, Sha1Hash id, Endpoint from) {
        side.table().hasAsked(from, id, timers.now());
        if (side.table().wants(id, from)) {
            greet(side, from);
        }
    }

    private void greet(Side side, Endpoint node) {
        boolean mayNow = greeted.size() < GREETINGS
                && greetings.delay(timers.now()) == 0
                && addresses.allowance(node, timers.now()) >= PING;
        if (mayNow) {
            ping(side, node);
        }
    }

    private void ping(Side side, Endpoint node) {
        if (!greeted.add(node)) {
            return;
        }
        greetings.take(timers.now(), 1);
        questions.ask(node, "ping", Replies.bare(side), new Answer() {
            @Override
            public void replied(Sha1Hash id, BDict values, int millis) {
                greeted.remove(node);
            }

            @Override
            public void failed(int code, String text) {
                greeted.remove(node);
            }
        });
    }

    /** Keeps the tables by what comes of every question. */
    private final class TableKeeper implements Questions.Witness {
        @Override
        public void answered(Endpoint from, Sha1Hash id, KrpcMessage.Reply reply) {
            side(from.family()).ifPresent(side -> {
                side.table().answered(id, from, timers.now());
                reply.seenAs().ifPresent(seen -> {
                    if (side.seenAs(from, seen, timers.now())) {
                        timers.in(0, () -> lookForSelf(side, ignored -> {}));
                    }
                });
            });
        }

        @Override
        public void silent(Endpoint from) {
            side(from.family()).ifPresent(side -> side.table().failed(from));
        }
    }

    // keeping the table

    /** Tries to get to know others until it knows enough, less and less often. */
    private void join(Side side, int attempt) {
        if (side.table().usable() >= FEW) {
            return;
        }
        lookForSelf(side, lookup -> {
            long again = Math.min(5 * 60_000L, 2_000L << Math.min(attempt, 8));
            timers.in(again, () -> join(side, attempt + 1));
            if (side.table().usable() > 0) {
                grow(side, GROWTH);
            }
        });
    }

    /** Looks around, and again after four times as long, until the table keeps itself: who has just come knows few and is known to few. */
    private void grow(Side side, long again) {
        fillBuckets(side);
        if (again < LOOK_FOR_SELF) {
            timers.in(again, () -> {
                lookForSelf(side, ignored -> {});
                grow(side, 4 * again);
            });
        }
    }

    private void lookForSelf(Side side, Consumer<Lookup> done) {
        boolean knowsFew = side.table().usable() < FEW;
        var entries = knowsFew
                ? routers.stream()
                        .filter(router -> router.family() == side.family)
                        .toList()
                : List.<Endpoint>of();
        walks.nodes(side, side.id(), entries, otherSideIsThin(side), done);
    }

    /** Those far away come by themselves into the tables of those who look for many keys, but slowly. */
    private void fillBuckets(Side side) {
        for (int bits = 0; bits < Math.min(4, side.table().depth()); bits++) {
            var target = Ids.randomWith(side.id(), bits, random);
            walks.nodes(side, target, List.of(), otherSideIsThin(side), ignored -> {});
        }
    }

    private boolean otherSideIsThin(Side side) {
        return side(side.family.other())
                .filter(other -> other.table().usable() < FEW)
                .isPresent();
    }

    private void keepUp(Side side) {
        var due = Optional.ofNullable(side.table().toReplace(timers.now()))
                .or(() -> Optional.ofNullable(side.table().stalest(timers.now())));
        due.ifPresent(contact -> {
            int bits = Ids.commonBits(side.id(), contact.id);
            var target = bits >= side.table().depth() ? side.id() : Ids.randomWith(side.id(), bits, random);
            var question = Walks.findNode(side, target, otherSideIsThin(side));
            questions.ask(contact.endpoint, "find_node", question, new Hearsay(side, contact.endpoint));
        });
        if (side.table().usable() == 0) {
            join(side, 8);
        }
        boolean isLocal = side.address().map(Endpoint::isLocal).orElse(false);
        reachability.look(timers.now(), !isLocal && side.table().usable() >= MANY);
        questions.readOnly(settings.readOnly() || reachability.state() == Reachability.State.UNREACHABLE);
    }

    /** Nodes that a node we asked anyway tells of: those there is a place for are asked whether they are there. */
    private final class Hearsay implements Answer {
        private final Side side;
        private final Endpoint from;

        Hearsay(Side side, Endpoint from) {
            this.side = side;
            this.from = from;
        }

        @Override
        public void replied(Sha1Hash id, BDict values, int millis) {
            values.string(side.family.nodes).ifPresent(nodes -> {
                var in = nodes.buffer();
                int length = Sha1Hash.LENGTH + side.family.endpointLength();
                for (int i = 0; i < RoutingTable.K && in.remaining() >= length; i++) {
                    var other = Sha1Hash.read(in);
                    var endpoint = Endpoint.read(in, side.family);
                    boolean mayAsk = endpoint.leadsSomewhere()
                            && from.mayName(endpoint)
                            && settings.permits().test(endpoint);
                    if (mayAsk && side.table().wants(other, endpoint)) {
                        introduce(endpoint);
                    }
                }
            });
        }

        @Override
        public void failed(int code, String text) {}
    }

    /** A peer says that it is a node too (BEP 5). There may be many of them, and none of it true: they take no place of others who ask us. */
    public void named(Endpoint node) {
        if (namings.delay(timers.now()) == 0) {
            namings.take(timers.now(), 1);
            introduce(node);
        }
    }

    /** Gets to know a node, if it answers. */
    public void introduce(Endpoint node) {
        boolean mayAsk = node.leadsSomewhere() && settings.permits().test(node);
        side(node.family()).filter(side -> mayAsk && !side.table().knows(node)).ifPresent(side -> {
            if (greeted.size() < GREETINGS && greetings.delay(timers.now()) == 0) {
                ping(side, node);
            }
        });
    }

    private void expire() {
        peers.expire(timers.now());
        items.expire(timers.now());
    }

    // what its user wants

    private Optional<Side> side(Family family) {
        for (var side : sides) {
            if (side.family == family) {
                return Optional.of(side);
            }
        }
        return Optional.empty();
    }

    private Side sideOf(Family family) {
        return side(family)
                .orElseThrow(() -> new IllegalArgumentException("this node is not in the network " + family));
    }

    /** Walks to a key and gives the peers that nodes on the way know of, after those that have announced themselves here. */
    public Lookup peers(Family family, Sha1Hash key, boolean noSeeds, PeerHunt hunt) {
        var own = new ArrayList<Endpoint>();
        for (var compact : peers.some(key, family, OWN_PEERS, noSeeds)) {
            own.add(Endpoint.read(ByteBuffer.wrap(compact), family));
        }
        if (!own.isEmpty()) {
            hunt.found(own);
        }
        return walks.peers(sideOf(family), key, noSeeds, hunt);
    }

    /** Tells the nodes that a walk for peers ended at that we are one. */
    public void announce(Lookup walk, int port, boolean seed, Consumer<Tally> done) {
        var side = sideOf(walk.family());
        leave(walk, "announce_peer", done, (keeper, token) -> {
            var out = new Bencoder()
                    .dict()
                    .text("id")
                    .id(side.id())
                    .text("implied_port")
                    .integer(0);
            out.text("info_hash").id(walk.target()).text("port").integer(port);
            if (seed) {
                out.text("seed").integer(1);
            }
            return out.text("token").bytes(token).end();
        });
    }

    /**
     * Asks the nodes that a walk for peers ended at how many they know. In a question of its own: of some clients who asks for that is told of no
     * peers.
     */
    public void count(Lookup walk, Consumer<Headcount> done) {
        var side = sideOf(walk.family());
        var nodes = walk.keepers().stream().limit(RoutingTable.K).toList();
        var headcount = new Headcount(nodes.size(), walk.family().addressLength, done);
        for (var node : nodes) {
            var out = new Bencoder().dict().text("id").id(side.id());
            out.text("info_hash").id(walk.target()).text("scrape").integer(1);
            out.text("token").bytes(node.token().orElseThrow().toBytes());
            questions.ask(node.endpoint, "get_peers", out.end(), headcount);
        }
    }

    /** Makes the arguments that one node is left something with. */
    private interface Gift {
        Bencoder arguments(Candidate keeper, byte[] token);
    }

    private void leave(Lookup walk, String query, Consumer<Tally> done, Gift gift) {
        var keepers = walk.keepers();
        var tally = new Tally(Math.max(1, keepers.size()), done);
        if (keepers.isEmpty()) {
            tally.failed(0, "no node was found to keep it");
        }
        for (var keeper : keepers) {
            var token = keeper.token().orElseThrow().toBytes();
            questions.ask(keeper.endpoint, query, gift.arguments(keeper, token), tally);
        }
    }

    /** What others have left here under a key; it was checked then. */
    public Optional<ItemStore.Kept> kept(Sha1Hash target) {
        return items.get(target, timers.now());
    }

    /** Walks to a key and hands over what each node keeps there, unchecked. */
    public Lookup items(
            Family family,
            Sha1Hash target,
            OptionalLong newerThan,
            Consumer<Candidate> replied,
            Consumer<Lookup> done) {
        return walks.items(sideOf(family), target, newerThan, replied, done);
    }

    /** Leaves a value with the nodes that a walk for items ended at. */
    public void put(Lookup walk, BValue value, Consumer<Tally> done) {
        var side = sideOf(walk.family());
        leave(walk, "put", done, (keeper, token) -> new Bencoder()
                .dict()
                .text("id")
                .id(side.id())
                .text("token")
                .bytes(token)
                .text("v")
                .value(value)
                .end());
    }

    /** The same for a signed one; nodes that have a newer one refuse it. */
    public void put(Lookup walk, MutableItem item, OptionalLong replaces, Consumer<Tally> done) {
        var side = sideOf(walk.family());
        leave(walk, "put", done, (keeper, token) -> {
            var out = new Bencoder().dict();
            boolean hasSome = keeper.values().integer("seq").isPresent();
            if (replaces.isPresent() && hasSome) {
                out.text("cas").integer(replaces.getAsLong());
            }
            out.text("id").id(side.id()).text("k").bytes(item.key().publicKey().toBytes());
            if (item.key().salt().length() > 0) {
                out.text("salt").bytes(item.key().salt().toBytes());
            }
            out.text("seq").integer(item.sequence());
            out.text("sig").bytes(item.signature().toBytes());
            return out.text("token").bytes(token).text("v").value(item.value()).end();
        });
    }

    /** Arguments as a node of this id has them. */
    public static Bencoder withId(Sha1Hash self, BDict arguments) {
        return Replies.withId(self, arguments);
    }

    /** Asks one node anything, if the network scope permits it. */
    public void ask(Endpoint node, String query, Bencoder arguments, Answer answer) {
        if (node.leadsSomewhere() && settings.permits().test(node)) {
            questions.ask(node, query, arguments, answer);
        } else {
            answer.failed(0, "the network scope does not permit it");
        }
    }

    /** Answers queries that are not the DHT's own; one that throws is as if there were none. */
    public void foreign(ForeignHandler handler) {
        foreign.handler = Optional.of(handler);
    }

    /** Takes part in a network of its own. */
    public OverlayNetwork join(String name, ForeignHandler handler) {
        var overlay = new OverlayNetwork(
                name,
                handler,
                new OverlayNetwork.NodeParts(timers, random, addresses, questions, walks, settings, tokens, sides));
        overlays.add(overlay);
        return overlay;
    }

    public void leave(OverlayNetwork overlay) {
        overlays.remove(overlay);
        overlay.close();
    }

    private Optional<OverlayNetwork> overlay(KrpcMessage.Query query) {
        return overlays.stream().filter(each -> each.isAsked(query)).findFirst();
    }

    private final class Foreign implements Responder.ForeignQueries {
        private Optional<ForeignHandler> handler = Optional.empty();

        @Override
        public Optional<Bencoder> answer(Side side, Endpoint from, KrpcMessage.Query query, boolean isProven, int room)
                throws Responder.Refused {
            var overlay = overlay(query);
            if (overlay.isPresent()) {
                return Optional.of(overlay.get().answer(side, from, query, isProven, room));
            }
            var theirs = handler.filter(each -> each.knows(query.name())).orElse(null);
            if (theirs == null) {
                return Optional.empty();
            }
            try {
                var asked = new KrpcQuery(from.inet(), query.arguments(), isProven, room - Replies.ID_AND_ENDS);
                return Optional.of(Replies.withId(side.id(), theirs.answer(query.name(), asked)));
            } catch (net.shoal.api.dht.KrpcException e) {
                throw new Responder.Refused(e.code(), String.valueOf(e.getMessage()));
            }
        }
    }

    // what can be seen of it

    /** Milliseconds that a question asked now would have to wait: who wants much looks here first. */
    public long delay() {
        return questions.delay();
    }

    /** Who we are in a network. */
    public Sha1Hash id(Family family) {
        return sideOf(family).id();
    }

    /** How many nodes of a network there are to ask. */
    public int usable(Family family) {
        return side(family).map(side -> side.table().usable()).orElse(0);
    }

    /** Nodes that failed may answer now, and we may be seen elsewhere. */
    public void networkChanged() {
        sides.forEach(side -> lookForSelf(side, ignored -> {}));
    }

    public NodeView view() {
        var networks = sides.stream()
                .map(side -> new NodeView.Network(
                        side.family,
                        side.id(),
                        side.table().size(),
                        side.table().usable(),
                        side.table().depth(),
                        side.address()))
                .toList();
        return new NodeView(
                networks,
                switch (reachability.state()) {
                    case REACHABLE -> NodeView.Reachable.YES;
                    case UNREACHABLE -> NodeView.Reachable.NO;
                    case UNKNOWN -> NodeView.Reachable.UNKNOWN;
                },
                questions.isReadOnly(),
                questions.sent(),
                received,
                responder.answered(),
                addresses.refused(),
                peers.keys(),
                peers.peers(),
                items.size());
    }

    /** What is worth to be kept for the next run. */
    public List<SavedNetwork> save() {
        return sides.stream()
                .map(side -> new SavedNetwork(
                        side.family,
                        side.id(),
                        side.table().contacts().stream()
                                .filter(Contact::isUsable)
                                .limit(MAX_SAVED)
                                .map(contact -> new SavedNetwork.SavedContact(contact.id, contact.endpoint))
                                .toList()))
                .toList();
    }

    /** Before {@link #start}: goes on as who it was, with whom it knew. */
    public void resume(List<SavedNetwork> saved) {
        for (var network : saved) {
            side(network.family()).ifPresent(side -> {
                side.resume(network.id());
                network.contacts().stream()
                        .filter(contact -> settings.permits().test(contact.endpoint()))
                        .forEach(contact -> side.table().remembered(contact.id(), contact.endpoint(), timers.now()));
            });
        }
    }
}
