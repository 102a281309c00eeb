package net.shoal.discovery.dht.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

/**
 * A node. {@link #receive} and {@link #run} move its time; {@link #next} says when it wants to run again.
 *
 * <p>What it does by itself is in {@link Upkeep}, one for each network (BEP 32) it is in; how it answers is in {@link Responder}.
 */
public final class DhtNode {
    private static final int ADDRESSES = 8_192;
    private static final long EXPIRE = 2 * 60_000L;
    private static final int MAX_SAVED = 200;
    private static final int OWN_PEERS = 50;

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
    private final Greetings greetings;
    private final Gifts gifts;
    private final Map<Side, Upkeep> upkeep = new LinkedHashMap<>();
    private final Foreign foreign = new Foreign();
    private final List<OverlayNetwork> overlays = new ArrayList<>();
    private final Tokens tokens;
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
        this.greetings = new Greetings(timers, questions, addresses, settings.permits());
        this.gifts = new Gifts(questions);
        for (var side : sides) {
            upkeep.put(side, new Upkeep(side, side(side.family.other()), timers, random, questions, walks, greetings));
            mayHide(side);
        }
    }

    /** Begins to look for others. */
    public void start() {
        upkeep.forEach((side, keeping) -> keeping.start(() -> mayHide(side)));
        timers.every(EXPIRE, random, this::expire);
    }

    /** Addresses to begin with, of nodes whose ids nobody knows. */
    public void routers(List<Endpoint> all) {
        var permitted = all.stream().filter(settings.permits()).toList();
        upkeep.values().forEach(keeping -> keeping.routers(permitted));
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
        boolean isCounted = !looksLikeAnswer(datagram);
        if (isCounted && !addresses.admits(from, length, now)) {
            return;
        }
        try {
            var message = KrpcReader.read(datagram);
            if (message instanceof KrpcMessage.Query query) {
                if (isCounted || addresses.admits(from, length, now)) {
                    asked(side.get(), from, query);
                }
            } else if (message instanceof KrpcMessage.Reply reply) {
                questions.reply(from, reply);
            } else if (message instanceof KrpcMessage.Refusal refusal) {
                questions.refusal(from, refusal);
            }
        } catch (BencodeException notOne) {
            // who speaks like this is not answered
        }
    }

    /**
     * Its end is {@code 1:y1:re} or {@code …ee}, as keys are in order: what we asked for does not count as a flood. A question may end like that too,
     * with keys that nobody knows; it is counted once it is read.
     */
    private static boolean looksLikeAnswer(ByteBuffer datagram) {
        int end = datagram.limit();
        return datagram.remaining() > 8 && datagram.get(end - 2) != 'q';
    }

    private void asked(Side side, Endpoint from, KrpcMessage.Query query) {
        if (addresses.isUnsolicited(from, timers.now())) {
            side.reachability().askedByStranger(timers.now());
            mayHide(side);
        }
        if (questions.hidesFrom(side.family)) {
            return;
        }
        boolean isHeld = responder.isCramped(side, from, query)
                && greetings.before(side, from, () -> responder.answer(side, from, query));
        if (!isHeld) {
            responder.answer(side, from, query);
        }
        if (query.readOnly()) {
            return;
        }
        query.arguments()
                .string("id")
                .filter(id -> id.length() == Sha1Hash.LENGTH)
                .map(id -> Sha1Hash.read(id.buffer()))
                .ifPresent(id -> {
                    greetings.asked(side, id, from);
                    overlay(query).ifPresent(overlay -> overlay.asked(side, id, from));
                });
    }

    /** Who is not reached answers nobody, and says so, lest others waste questions on it (BEP 43). */
    private void mayHide(Side side) {
        questions.hideFrom(
                side.family, settings.readOnly() || side.reachability().state() == Reachability.State.UNREACHABLE);
    }

    /** Keeps the tables by what comes of every question. */
    private final class TableKeeper implements Questions.Witness {
        @Override
        public void answered(Endpoint from, Sha1Hash id, KrpcMessage.Reply reply) {
            side(from.family()).ifPresent(side -> {
                side.table().answered(id, from, timers.now());
                reply.seenAs().ifPresent(seen -> {
                    if (side.seenAs(from, seen, timers.now())) {
                        timers.in(0, () -> Optional.ofNullable(upkeep.get(side)).ifPresent(Upkeep::look));
                    }
                });
            });
        }

        @Override
        public void silent(Endpoint from) {
            side(from.family()).ifPresent(side -> side.table().failed(from));
        }
    }

    /** A peer says that it is a node too (BEP 5). */
    public void named(Endpoint node) {
        side(node.family()).ifPresent(side -> greetings.named(side, node));
    }

    /** Gets to know a node, if it answers. */
    public void introduce(Endpoint node) {
        side(node.family()).ifPresent(side -> greetings.introduce(side, node));
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
        gifts.announce(id(walk.family()), walk, port, seed, done);
    }

    /**
     * Asks the nodes that a walk for peers ended at how many they know. In a question of its own: of some clients who asks for that is told of no
     * peers.
     */
    public void count(Lookup walk, Consumer<Headcount> done) {
        gifts.count(id(walk.family()), walk, done);
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
        gifts.put(id(walk.family()), walk, value, done);
    }

    /** The same for a signed one; nodes that have a newer one refuse it. */
    public void put(Lookup walk, MutableItem item, OptionalLong replaces, Consumer<Tally> done) {
        gifts.put(id(walk.family()), walk, item, replaces, done);
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
        upkeep.values().forEach(Upkeep::look);
    }

    public NodeView view() {
        var networks = sides.stream()
                .map(side -> new NodeView.Network(
                        side.family,
                        side.id(),
                        side.table().size(),
                        side.table().usable(),
                        side.table().depth(),
                        side.address(),
                        side.reachability().asSeen(),
                        questions.hidesFrom(side.family)))
                .toList();
        return new NodeView(
                networks,
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
