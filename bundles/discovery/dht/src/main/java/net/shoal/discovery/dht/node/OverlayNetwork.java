package net.shoal.discovery.dht.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.shoal.api.dht.KrpcException;
import net.shoal.api.dht.KrpcQuery;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.krpc.KrpcMessage.Query;
import net.shoal.discovery.dht.limits.Addresses;
import net.shoal.discovery.dht.limits.Pace;
import net.shoal.discovery.dht.lookup.Answer;
import net.shoal.discovery.dht.lookup.Candidate;
import net.shoal.discovery.dht.lookup.Lookup;
import net.shoal.discovery.dht.store.Tokens;
import net.shoal.discovery.dht.table.Contact;
import net.shoal.discovery.dht.table.Ids;
import net.shoal.discovery.dht.table.RoutingTable;
import net.shoal.discovery.dht.table.SecureId;

/**
 * A network among the nodes of the DHT, with tables of its own (see {@link net.shoal.api.dht.Overlay}). What its nodes reply carries its name: all
 * others may answer its queries too, as if asked for nodes of the DHT.
 */
public final class OverlayNetwork {
    private static final String MARK = "net";
    private static final String FIND = "find";
    private static final long UPKEEP = 20_000;
    private static final long SOON = 2_000;
    private static final long LOOK_FOR_SELF = 20 * 60_000L;
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_GREETED = 32;
    private static final int NODES = 7 + 4;
    private static final int TOKEN = 13;
    private static final int ID = 29;
    /** Bytes of the shortest question for nodes. */
    private static final int QUESTION = 110;

    private static final int AROUND = 45;

    private final String name;
    private final String find;
    private final ForeignHandler handler;
    private final NodeParts parts;
    private final List<Place> places = new ArrayList<>();
    private final Set<Endpoint> entries = new LinkedHashSet<>();
    private final Set<Endpoint> greeted = new HashSet<>();
    private final Pace greetings = new Pace(1, 10);
    private boolean isClosed;

    /** What it shares with the node. */
    record NodeParts(
            Timers timers,
            RandomGenerator random,
            Addresses addresses,
            Questions questions,
            Walks walks,
            NodeSettings settings,
            Tokens tokens,
            List<Side> sides) {}

    /** One of the two networks of BEP 32. */
    private static final class Place {
        final Side side;
        private RoutingTable table;
        private boolean isGrowing;

        Place(Side side) {
            this.side = side;
            this.table = new RoutingTable(side.id());
        }

        /** Anew where the node has become another, with those that were known before. */
        RoutingTable table(long now) {
            if (!table.self().equals(side.id())) {
                var before = table;
                table = new RoutingTable(side.id());
                for (var contact : before.contacts()) {
                    table.answered(contact.id, contact.endpoint, now);
                }
            }
            return table;
        }
    }

    OverlayNetwork(String name, ForeignHandler handler, NodeParts parts) {
        this.name = name;
        this.find = name + FIND;
        this.handler = handler;
        this.parts = parts;
        parts.sides().forEach(side -> places.add(new Place(side)));
        keepUp();
    }

    String name() {
        return name;
    }

    void close() {
        isClosed = true;
        entries.clear();
    }

    private long now() {
        return parts.timers().now();
    }

    private Optional<Place> place(Family family) {
        return places.stream().filter(place -> place.side.family == family).findFirst();
    }

    // ---- what others ask

    /** True of queries that go by its name. */
    boolean isAsked(Query query) {
        return !isClosed && (query.name().equals(find) || handler.knows(query.name()));
    }

    /** @param room bytes for a whole dictionary */
    Bencoder answer(Side side, Endpoint from, Query query, boolean isProven, int room) throws Responder.Refused {
        var target = Responder.key(query.arguments(), "target");
        int left = room - ID - TOKEN - MARK.length() - name.length() - 8;
        var entries = new TreeMap<BString, BValue>();
        if (handler.knows(query.name())) {
            var values = handled(from, query, isProven, left);
            entries.putAll(values.entries());
            left -= values.encoded().remaining();
        }
        entries.put(BString.of("id"), BString.of(side.id().toBytes()));
        entries.put(BString.of(MARK), BString.of(name));
        entries.put(BString.of("token"), BString.of(parts.tokens().issue(from, target, now())));
        int forNodes = Math.max(0, left - NODES);
        place(side.family)
                .map(place -> nodes(place, target, forNodes))
                .filter(nodes -> nodes.length() > 0)
                .ifPresent(nodes -> entries.put(BString.of(side.family.nodes), nodes));
        return new Bencoder().value(new BDict(entries));
    }

    private BDict handled(Endpoint from, Query query, boolean isProven, int room) throws Responder.Refused {
        try {
            return handler.answer(query.name(), new KrpcQuery(from.inet(), query.arguments(), isProven, room));
        } catch (KrpcException e) {
            throw new Responder.Refused(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private BString nodes(Place place, Sha1Hash target, int room) {
        int each = Sha1Hash.LENGTH + place.side.family.endpointLength();
        var closest = place.table(now()).closest(target, RoutingTable.K, false);
        int count = Math.min(closest.size(), room / each);
        int start = count < closest.size() && count > 0 ? parts.random().nextInt(closest.size()) : 0;
        var out = ByteBuffer.allocate(count * each);
        for (int i = 0; i < count; i++) {
            var contact = closest.get((start + i) % closest.size());
            contact.id.write(out);
            contact.endpoint.write(out);
        }
        return BString.of(out.array());
    }

    /** Who asks may be one of them. */
    void asked(Side side, Sha1Hash id, Endpoint from) {
        place(side.family).ifPresent(place -> {
            place.table(now()).hasAsked(from, id, now());
            boolean mayGreet = fits(id, from)
                    && place.table(now()).wants(id, from)
                    && greeted.size() < MAX_GREETED
                    && greetings.delay(now()) == 0
                    && parts.addresses().allowance(from, now()) >= QUESTION;
            if (mayGreet) {
                greet(place, from);
            }
        });
    }

    private static boolean fits(Sha1Hash id, Endpoint endpoint) {
        return SecureId.fits(id, endpoint);
    }

    // ---- whom it knows

    /** Addresses at which there may be some of them. */
    public void meet(List<Endpoint> some) {
        for (var endpoint : some) {
            if (endpoint.leadsSomewhere() && parts.settings().permits().test(endpoint)) {
                entries.remove(endpoint);
                entries.add(endpoint);
            }
        }
        while (entries.size() > MAX_ENTRIES) {
            entries.remove(entries.iterator().next());
        }
        places.stream().filter(place -> !place.isGrowing).forEach(place -> grow(place, SOON));
    }

    /** Looks around, and again after four times as long, until the table keeps itself. */
    private void grow(Place place, long again) {
        if (isClosed) {
            return;
        }
        lookForSelf(place);
        place.isGrowing = again < LOOK_FOR_SELF;
        if (place.isGrowing) {
            parts.timers().in(again, () -> grow(place, 4 * again));
        }
    }

    private void lookForSelf(Place place) {
        boolean knowsFew = place.table(now()).usable() < RoutingTable.K;
        var from = knowsFew
                ? entries.stream()
                        .filter(entry -> entry.family() == place.side.family)
                        .limit(RoutingTable.K)
                        .toList()
                : List.<Endpoint>of();
        walk(place, place.side.id(), find, BDict.EMPTY, from, candidate -> {}, lookup -> {});
    }

    private void keepUp() {
        if (isClosed) {
            return;
        }
        for (var place : places) {
            var table = place.table(now());
            var due = Optional.ofNullable(table.toReplace(now())).or(() -> Optional.ofNullable(table.stalest(now())));
            due.ifPresent(contact -> greet(place, contact.endpoint));
            if (table.usable() == 0 && !entries.isEmpty()) {
                lookForSelf(place);
            }
        }
        parts.timers().in(UPKEEP * 3 / 4 + parts.random().nextLong(UPKEEP / 2), this::keepUp);
    }

    /** Asks for nodes, and whether it is one. */
    private void greet(Place place, Endpoint node) {
        if (!greeted.add(node)) {
            return;
        }
        greetings.take(now(), 1);
        var target = Ids.randomWith(
                place.side.id(), parts.random().nextInt(place.table(now()).depth() + 1), parts.random());
        var question = question(place, target, BDict.EMPTY, Optional.empty(), false);
        parts.questions().ask(node, find, question, new Member(place, node, new Answer() {
            @Override
            public void replied(Sha1Hash id, BDict values, int millis) {
                greeted.remove(node);
                hear(place, node, values);
            }

            @Override
            public void failed(int code, String text) {
                greeted.remove(node);
                if (code != 0) {
                    place.table(now()).failed(node);
                }
            }
        }));
    }

    private void hear(Place place, Endpoint from, BDict values) {
        values.string(place.side.family.nodes).ifPresent(nodes -> {
            var in = nodes.buffer();
            int length = Sha1Hash.LENGTH + place.side.family.endpointLength();
            for (int i = 0; i < RoutingTable.K && in.remaining() >= length; i++) {
                var id = Sha1Hash.read(in);
                var endpoint = Endpoint.read(in, place.side.family);
                boolean mayAsk = endpoint.leadsSomewhere()
                        && from.mayName(endpoint)
                        && parts.settings().permits().test(endpoint)
                        && fits(id, endpoint);
                if (mayAsk
                        && place.table(now()).wants(id, endpoint)
                        && greeted.size() < MAX_GREETED
                        && greetings.delay(now()) == 0) {
                    greet(place, endpoint);
                }
            }
        });
    }

    /** Whoever answers by the name of this network is of it; whatever else answers has failed. */
    private final class Member implements Answer {
        private final Place place;
        private final Endpoint node;
        private final Answer answer;

        Member(Place place, Endpoint node, Answer answer) {
            this.place = place;
            this.node = node;
            this.answer = answer;
        }

        @Override
        public void replied(Sha1Hash id, BDict values, int millis) {
            boolean isOne = values.string(MARK)
                    .filter(mark ->
                            mark.length() == name.length() && mark.text().equals(name))
                    .isPresent();
            if (isClosed || !isOne) {
                place.table(now()).isAnother(node);
                answer.failed(0, "it is not of this network");
                return;
            }
            if (fits(id, node)) {
                place.table(now()).answered(id, node, now());
            }
            answer.replied(id, values, millis);
        }

        @Override
        public void failed(int code, String text) {
            if (code == 0) {
                place.table(now()).failed(node);
            }
            answer.failed(code, text);
        }

        @Override
        public void isSlow() {
            answer.isSlow();
        }
    }

    /** Those that are known to answer in one of the networks, those heard latest first. */
    public List<Contact> contacts(Family family) {
        return place(family)
                .map(place -> place.table(now()).contacts().stream()
                        .filter(Contact::isUsable)
                        .toList())
                .orElse(List.of());
    }

    /** How many of them there are to ask. */
    public int usable(Family family) {
        return place(family).map(place -> place.table(now()).usable()).orElse(0);
    }

    // ---- walks

    /** Walks to a key with a query of this network. */
    public Lookup walk(
            Family family,
            Sha1Hash target,
            String query,
            BDict arguments,
            Consumer<Candidate> replied,
            Consumer<Lookup> done) {
        var place = place(family)
                .orElseThrow(() -> new IllegalArgumentException("this node is not in the network " + family));
        return walk(place, target, query, arguments, List.of(), replied, done);
    }

    private Lookup walk(
            Place place,
            Sha1Hash target,
            String query,
            BDict arguments,
            List<Endpoint> from,
            Consumer<Candidate> replied,
            Consumer<Lookup> done) {
        var lookup = new Lookup(
                target, place.side.id(), place.side.family, parts.settings().permits(), new Lookup.Errand() {
                    @Override
                    public void ask(Candidate to, Answer answer) {
                        parts.walks()
                                .thoroughly(
                                        to,
                                        query,
                                        new Member(place, to.endpoint, answer),
                                        token -> question(place, target, arguments, token, true));
                    }

                    @Override
                    public void replied(Candidate candidate) {
                        replied.accept(candidate);
                    }

                    @Override
                    public void done(Lookup lookup) {
                        done.accept(lookup);
                    }
                });
        lookup.start(place.table(now()).closest(target, 2 * RoutingTable.K, false), from);
        return lookup;
    }

    /** @param padded so that who is careful has room for a whole answer */
    private static Bencoder question(
            Place place, Sha1Hash target, BDict arguments, Optional<byte[]> token, boolean padded) {
        var entries = new TreeMap<BString, BValue>(arguments.entries());
        entries.put(BString.of("id"), BString.of(place.side.id().toBytes()));
        entries.put(BString.of("target"), BString.of(target.toBytes()));
        token.ifPresent(given -> entries.put(BString.of("token"), BString.of(given)));
        int missing = Walks.PAD_TO - AROUND - 9 - new BDict(entries).encoded().remaining();
        if (padded && missing > 0) {
            entries.put(BString.of("pad"), BString.of(new byte[missing]));
        }
        return new Bencoder().value(new BDict(entries));
    }
}
