package net.shoal.discovery.dht.node;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BInteger;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Bencoder;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;
import net.shoal.discovery.dht.krpc.KrpcMessage;
import net.shoal.discovery.dht.krpc.KrpcWriter;
import net.shoal.discovery.dht.limits.Addresses;
import net.shoal.discovery.dht.store.ItemStore;
import net.shoal.discovery.dht.store.PeerStore;
import net.shoal.discovery.dht.store.Tokens;

/**
 * The values of replies, as much of them as there is room for: a datagram is at most 1,200 bytes, and to an address that has proven nothing less
 * ({@link Addresses}). There it is the token and some nodes that come first, not always the same: two who ask get to know more than one.
 */
final class Replies {
    private static final int MAX_VALUES = 50;
    static final int ID_AND_ENDS = 29;
    private static final int TOKEN = 13;
    private static final int ALL_NODES = 7 + 4 + 8 * 26;
    /** Bytes of a dictionary with a token and all nodes. */
    static final int WHOLE = ID_AND_ENDS + TOKEN + ALL_NODES;

    private static final int FILTERS = 2 * (6 + 4 + 256);

    /** Set where there would be more for who proves that it is where it says, by asking again with the token. */
    static final String MORE = "more";

    static final BString MORE_KEY = BString.of(MORE);

    private static final int MORE_LENGTH = 6 + 3;
    private static final int AROUND_SIGNATURE = 3 + 3 + 32 + 5 + 3 + 64;
    private static final int AROUND_SEQUENCE = 5 + 2;
    private static final int AROUND_SAMPLES = 50;
    private static final int SAMPLE_SECONDS = 300;

    private final List<Side> sides;
    private final PeerStore peers;
    private final ItemStore items;
    private final Tokens tokens;
    private final RandomGenerator random;

    Replies(List<Side> sides, PeerStore peers, ItemStore items, Tokens tokens, RandomGenerator random) {
        this.sides = sides;
        this.peers = peers;
        this.items = items;
        this.tokens = tokens;
        this.random = random;
    }

    /** Bytes there are for a dictionary of values. */
    static int room(KrpcMessage.Query query, Endpoint to, int allowance) {
        return Math.min(KrpcWriter.MAX_DATAGRAM, allowance) - KrpcWriter.replyOverhead(query.transaction(), to);
    }

    /** Nothing but who we are. */
    static Bencoder bare(Side side) {
        return new Bencoder().dict().text("id").id(side.id()).end();
    }

    static Bencoder withId(Sha1Hash self, BDict values) {
        var entries = new TreeMap<BString, BValue>(values.entries());
        entries.put(BString.of("id"), BString.of(self.toBytes()));
        return new Bencoder().value(new BDict(entries));
    }

    Bencoder nodes(Side side, BDict arguments, Sha1Hash target, int room) {
        var out = new Bencoder().dict().text("id").id(side.id());
        putNodes(out, side, arguments, target, room - ID_AND_ENDS);
        return out.end();
    }

    Bencoder samples(Side side, BDict arguments, Sha1Hash target, int room, long now) {
        int left = room - ID_AND_ENDS - AROUND_SAMPLES;
        int most = Math.max(0, Math.min(left - ALL_NODES, left / 2)) / Sha1Hash.LENGTH;
        var samples = peers.samples(now);
        var some = Arrays.copyOf(samples, Math.min(samples.length, most * Sha1Hash.LENGTH));
        var out =
                new Bencoder().dict().text("id").id(side.id()).text("interval").integer(SAMPLE_SECONDS);
        putNodes(out, side, arguments, target, left - some.length);
        out.text("num").integer(peers.keys());
        return out.text("samples").bytes(some).end();
    }

    Bencoder peers(Side side, Endpoint from, BDict arguments, Sha1Hash key, int room, long now) {
        boolean gives = !peers.isFull(key, side.family);
        int left = room - ID_AND_ENDS - (gives ? TOKEN : 0);
        var out = new Bencoder().dict();
        var scrape = flag(arguments, "scrape") && left > FILTERS + ALL_NODES
                ? peers.scrape(key)
                : Optional.<PeerStore.Scrape>empty();
        if (scrape.isPresent()) {
            out.text("BFpe").bytes(scrape.get().peers().toBytes());
            out.text("BFsd").bytes(scrape.get().seeds().toBytes());
            left -= FILTERS;
        }
        out.text("id").id(side.id());
        int forNodes = left > 2 * ALL_NODES ? ALL_NODES : 40;
        int each = side.family.endpointLength() + (side.family == Family.V4 ? 2 : 3);
        int most = Math.max(0, Math.min(MAX_VALUES, (left - forNodes - 10) / each));
        var values = peers.some(key, side.family, most, flag(arguments, "noseed"));
        left -= values.length == 0 ? 0 : 10 + values.length * each;
        boolean isCut = gives && most < MAX_VALUES && peers.count(key, side.family) > most;
        if (isCut) {
            out.text(MORE).integer(1);
        }
        putNodes(out, side, arguments, key, left - (isCut ? MORE_LENGTH : 0));
        if (gives) {
            out.text("token").bytes(tokens.issue(from, key, now));
        }
        if (values.length > 0) {
            out.text("values").list();
            for (var value : values) {
                out.bytes(value);
            }
            out.end();
        }
        return out.end();
    }

    /** Where the value only just has a place, nodes are left out for it, and where the asker was seen from. */
    Bencoder item(Side side, Endpoint from, BDict arguments, Sha1Hash target, int room, long now) {
        int left = room - ID_AND_ENDS - TOKEN;
        var kept = items.get(target, now);
        var mutable = kept.flatMap(ItemStore.Kept::mutable);
        int sequence = mutable.map(
                        each -> AROUND_SEQUENCE + Long.toString(each.sequence()).length())
                .orElse(0);
        boolean isNews = mutable.isEmpty()
                || arguments.integer("seq").isEmpty()
                || arguments.integer("seq").getAsLong() < mutable.get().sequence();
        int length = kept.map(each -> each.value().encoded().remaining() + 3).orElse(0)
                + (mutable.isPresent() ? AROUND_SIGNATURE : 0);
        int atMost = left + KrpcWriter.ipLength(from);
        var value = kept.filter(each -> isNews && length + sequence <= atMost).map(ItemStore.Kept::value);
        var signed = value.flatMap(ignored -> mutable);
        boolean isCut = kept.isPresent() && isNews && value.isEmpty();
        left -= (value.isPresent() ? length : 0) + sequence + (isCut ? MORE_LENGTH : 0);
        var out = new Bencoder().dict().text("id").id(side.id());
        signed.ifPresent(each -> out.text("k").bytes(each.key().publicKey().toBytes()));
        if (isCut) {
            out.text(MORE).integer(1);
        }
        putNodes(out, side, arguments, target, left);
        mutable.ifPresent(each -> out.text("seq").integer(each.sequence()));
        signed.ifPresent(each -> out.text("sig").bytes(each.signature().toBytes()));
        out.text("token").bytes(tokens.issue(from, target, now));
        value.ifPresent(each -> out.text("v").value(each));
        return out.end();
    }

    private void putNodes(Bencoder out, Side side, BDict arguments, Sha1Hash target, int room) {
        int left = room;
        for (var other : sides) {
            if (wants(arguments, other.family, side.family)) {
                int before = out.length();
                putNodes(out, other, target, left);
                left -= out.length() - before;
            }
        }
    }

    /** BEP 32: without {@code want} they are of the family that the question came over. */
    private static boolean wants(BDict arguments, Family family, Family over) {
        var want = arguments.list("want");
        if (want.isEmpty()) {
            return family == over;
        }
        int looked = 0;
        for (BValue each : want.get()) {
            if (each instanceof BString word
                    && word.length() == 2
                    && word.text().equals(family.want)) {
                return true;
            }
            if (++looked >= 4) {
                break;
            }
        }
        return false;
    }

    private void putNodes(Bencoder out, Side side, Sha1Hash target, int room) {
        int each = Sha1Hash.LENGTH + side.family.endpointLength();
        int most = Math.max(0, room - side.family.nodes.length() - 2 - 4) / each;
        var closest = side.closest(target);
        int start = most < closest.size() && !closest.isEmpty() ? random.nextInt(closest.size()) : 0;
        int count = Math.min(most, closest.size());
        if (count == 0 && room < 20) {
            return;
        }
        var nodes = ByteBuffer.allocate(count * each);
        for (int i = 0; i < count; i++) {
            var contact = closest.get((start + i) % closest.size());
            contact.id.write(nodes);
            contact.endpoint.write(nodes);
        }
        out.text(side.family.nodes).bytes(nodes.array());
    }

    private static boolean flag(BDict arguments, String key) {
        return arguments.get(key).orElse(BDict.EMPTY) instanceof BInteger number && number.value() == 1;
    }
}
