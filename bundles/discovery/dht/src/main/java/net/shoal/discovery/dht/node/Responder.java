package net.shoal.discovery.dht.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.api.dht.MutableKey;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.KrpcMessage.Query;
import net.shoal.discovery.dht.krpc.KrpcWriter;
import net.shoal.discovery.dht.limits.Addresses;
import net.shoal.discovery.dht.limits.Pace;
import net.shoal.discovery.dht.store.ItemStore;
import net.shoal.discovery.dht.store.PeerStore;
import net.shoal.discovery.dht.store.Tokens;

/** Answers questions (BEP 5, 33, 44, 51), or refuses them with the codes of BEP 5 and 44, or says nothing where that would be too much. */
final class Responder {
    private static final int SERVER = 202;
    private static final int PROTOCOL = 203;
    private static final int UNKNOWN = 204;
    private static final int MAX_TOKEN = 32;
    /** Questions whose answers are long. */
    private static final Set<String> LONG = Set.of("find_node", "get_peers", "get", "sample_infohashes");
    /** Bytes of a question from which on an answer with all nodes may be sent. */
    private static final int UNCRAMPED = 270;

    private final Timers timers;
    private final Addresses addresses;
    private final Outgoing out;
    private final PeerStore peers;
    private final ItemStore items;
    private final Tokens tokens;
    private final Replies replies;
    private final Pace bytes;
    private final ForeignQueries foreign;
    private long answered;

    Responder(
            Timers timers,
            Addresses addresses,
            Outgoing out,
            PeerStore peers,
            ItemStore items,
            Tokens tokens,
            Replies replies,
            Pace bytes,
            ForeignQueries foreign) {
        this.timers = timers;
        this.addresses = addresses;
        this.out = out;
        this.peers = peers;
        this.items = items;
        this.tokens = tokens;
        this.replies = replies;
        this.bytes = bytes;
        this.foreign = foreign;
    }

    /** Questions answered so far. */
    long answered() {
        return answered;
    }

    /** Why a question is refused. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        final int code;

        Refused(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    /** There is more to say than may be sent to who has proven nothing, and it can be asked for a proof. */
    boolean isCramped(Side side, Endpoint from, Query query) {
        return query.length() < UNCRAMPED
                && !query.readOnly()
                && LONG.contains(query.name())
                && side.table().size() > 0
                && Replies.room(query, from, addresses.allowance(from, timers.now())) < Replies.WHOLE
                && query.arguments().string("token").isEmpty();
    }

    void answer(Side side, Endpoint from, Query query) {
        if (bytes.delay(timers.now()) > 0) {
            return;
        }
        try {
            reply(from, query, values(side, from, query));
        } catch (Refused refused) {
            refuse(from, query, refused.code, String.valueOf(refused.getMessage()));
        }
    }

    private void reply(Endpoint from, Query query, Bencoder values) {
        int room = Math.min(KrpcWriter.MAX_DATAGRAM, addresses.allowance(from, timers.now()));
        var datagram = KrpcWriter.reply(query.transaction(), values, from, room);
        if (datagram.length > KrpcWriter.MAX_DATAGRAM) {
            refuse(from, query, SERVER, "the answer is too long");
        } else {
            send(from, datagram, room);
        }
    }

    private void refuse(Endpoint from, Query query, int code, String text) {
        send(from, KrpcWriter.refusal(query.transaction(), code, text, from), addresses.allowance(from, timers.now()));
    }

    private void send(Endpoint to, byte[] datagram, int room) {
        if (datagram.length <= room) {
            answered++;
            bytes.take(timers.now(), datagram.length);
            addresses.sent(to, datagram.length);
            out.send(to, datagram);
        }
    }

    private Bencoder values(Side side, Endpoint from, Query query) throws Refused {
        var arguments = query.arguments();
        long now = timers.now();
        believe(from, arguments);
        int room = Replies.room(query, from, addresses.allowance(from, now));
        return switch (query.name()) {
            case "ping" -> Replies.bare(side);
            case "find_node" -> replies.nodes(side, arguments, key(arguments, "target"), room);
            case "get_peers" -> replies.peers(side, from, arguments, key(arguments, "info_hash"), room, now);
            case "announce_peer" -> announce(side, from, arguments);
            case "get" -> replies.item(side, from, arguments, key(arguments, "target"), room, now);
            case "put" -> put(side, from, arguments);
            case "sample_infohashes" -> replies.samples(side, arguments, key(arguments, "target"), room, now);
            default -> other(side, from, query, room, now);
        };
    }

    private Bencoder other(Side side, Endpoint from, Query query, int room, long now) throws Refused {
        var handled = foreign.answer(side, from, query, addresses.isProven(from, now), room);
        if (handled.isPresent()) {
            return handled.get();
        }
        var target = find(query.arguments(), "target").or(() -> find(query.arguments(), "info_hash"));
        if (target.isEmpty()) {
            throw new Refused(UNKNOWN, "unknown query");
        }
        return replies.nodes(side, query.arguments(), target.get(), room);
    }

    private static Optional<Sha1Hash> find(BDict arguments, String name) {
        return arguments
                .string(name)
                .filter(bytes -> bytes.length() == Sha1Hash.LENGTH)
                .map(bytes -> Sha1Hash.read(bytes.buffer()));
    }

    static Sha1Hash key(BDict arguments, String name) throws Refused {
        return find(arguments, name).orElseThrow(() -> new Refused(PROTOCOL, name + " has to be 20 bytes"));
    }

    private void checkToken(Endpoint from, BDict arguments, Sha1Hash key) throws Refused {
        var token = arguments.string("token");
        if (token.isEmpty()
                || token.get().length() > MAX_TOKEN
                || !tokens.accepts(token.get().toBytes(), from, key, timers.now())) {
            throw new Refused(PROTOCOL, "wrong token");
        }
        addresses.proved(from, timers.now());
    }

    /** Who asks again with the token that it got has shown that it gets what is sent there. */
    private void believe(Endpoint from, BDict arguments) {
        var token = arguments.string("token").filter(given -> given.length() <= MAX_TOKEN);
        var key = find(arguments, "info_hash").or(() -> find(arguments, "target"));
        if (token.isPresent()
                && key.isPresent()
                && tokens.accepts(token.get().toBytes(), from, key.get(), timers.now())) {
            addresses.proved(from, timers.now());
        }
    }

    private Bencoder announce(Side side, Endpoint from, BDict arguments) throws Refused {
        var key = key(arguments, "info_hash");
        checkToken(from, arguments, key);
        long port = arguments.integer("implied_port").orElse(0) != 0
                ? from.port()
                : arguments.integer("port").orElse(0);
        if (port < 1 || port > 65_535) {
            throw new Refused(PROTOCOL, "port has to be from 1 to 65535");
        }
        boolean isSeed = arguments.integer("seed").orElse(0) == 1;
        peers.announce(key, from.withPort((int) port), isSeed, side.id(), timers.now());
        return Replies.bare(side);
    }

    private Bencoder put(Side side, Endpoint from, BDict arguments) throws Refused {
        var value = arguments.get("v").orElseThrow(() -> new Refused(PROTOCOL, "there is no value v"));
        var publicKey = arguments.string("k");
        var outcome = publicKey.isEmpty()
                ? putImmutable(side, from, arguments, value)
                : putMutable(side, from, arguments, value, publicKey.get());
        if (outcome != ItemStore.Outcome.STORED) {
            throw new Refused(outcome.code, outcome.text);
        }
        return Replies.bare(side);
    }

    private ItemStore.Outcome putImmutable(Side side, Endpoint from, BDict arguments, BValue value) throws Refused {
        var outcome = ItemStore.judge(value);
        if (outcome != ItemStore.Outcome.STORED) {
            return outcome;
        }
        checkToken(from, arguments, ItemStore.target(value));
        return items.put(value, side.id(), timers.now());
    }

    private ItemStore.Outcome putMutable(Side side, Endpoint from, BDict arguments, BValue value, BString publicKey)
            throws Refused {
        var salt = arguments.string("salt").orElse(BString.of(""));
        if (salt.length() > MutableKey.MAX_SALT) {
            return ItemStore.Outcome.SALT_TOO_LONG;
        }
        var signature = arguments.string("sig").orElse(BString.of(""));
        var sequence = arguments.integer("seq");
        if (publicKey.length() != MutableKey.LENGTH || signature.length() != 64) {
            return ItemStore.Outcome.BAD_SIGNATURE;
        }
        if (sequence.isEmpty() || sequence.getAsLong() < 0) {
            throw new Refused(PROTOCOL, "seq has to be a number from 0");
        }
        checkToken(from, arguments, new MutableKey(publicKey, salt).target());
        return items.put(
                publicKey,
                salt,
                sequence.getAsLong(),
                value,
                signature,
                arguments.integer("cas"),
                side.id(),
                timers.now());
    }

    /** Queries of other protocols than the DHT's own. */
    interface ForeignQueries {
        /**
         * @param room bytes for a whole dictionary of values
         * @return empty if nobody answers such
         */
        Optional<Bencoder> answer(Side side, Endpoint from, Query query, boolean isProven, int room) throws Refused;
    }

    /** Names that are the DHT's own. */
    static final List<String> OWN =
            List.of("ping", "find_node", "get_peers", "announce_peer", "get", "put", "sample_infohashes");
}
