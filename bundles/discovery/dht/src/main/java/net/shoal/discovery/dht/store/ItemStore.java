package net.shoal.discovery.dht.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.shoal.api.dht.MutableItem;
import net.shoal.api.dht.MutableKey;
import net.shoal.base.bencode.BString;
import net.shoal.base.bencode.BValue;
import net.shoal.base.bencode.BencodeException;
import net.shoal.base.bencode.BencodeReader;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.table.Ids;

/**
 * The items that others have left with us (BEP 44), for two hours each. Where there are more than we keep, those closest to our own id stay.
 */
public final class ItemStore {
    static final long LIFE = 2 * 3_600_000L;
    static final int MAX_ITEMS = 1_000;

    /** How a put ended, with the code of its refusal. */
    public enum Outcome {
        STORED(0, ""),
        TOO_LONG(205, "the value is longer than 1000 bytes"),
        NOT_CANONICAL(203, "the value is not canonical bencode"),
        BAD_SIGNATURE(206, "the signature is wrong"),
        SALT_TOO_LONG(207, "the salt is longer than 64 bytes"),
        OTHER_SEQUENCE(301, "the current sequence number is another one"),
        OLD_SEQUENCE(302, "the current sequence number is higher"),
        NO_ROOM(202, "no room for this item");

        public final int code;
        public final String text;

        Outcome(int code, String text) {
            this.code = code;
            this.text = text;
        }
    }

    /** What is kept under one key, with what makes it mutable where it is. */
    public record Kept(BValue value, Optional<MutableItem> mutable, long until) {}

    private final Map<Sha1Hash, Kept> items = new HashMap<>();

    public int size() {
        return items.size();
    }

    public Optional<Kept> get(Sha1Hash target, long now) {
        return Optional.ofNullable(items.get(target)).filter(kept -> now < kept.until());
    }

    /** Whether this may be put anywhere, whoever keeps it. */
    public static Outcome judge(BValue value) {
        var encoded = value.encoded();
        if (encoded.remaining() > MutableItem.MAX_VALUE) {
            return Outcome.TOO_LONG;
        }
        try {
            BencodeReader.CANONICAL.read(encoded);
            return Outcome.STORED;
        } catch (BencodeException e) {
            return Outcome.NOT_CANONICAL;
        }
    }

    /** Whether this is what the owner of its key has signed. */
    public static Outcome judge(MutableItem item) {
        var outcome = judge(item.value());
        if (outcome != Outcome.STORED) {
            return outcome;
        }
        boolean isSigned = Ed25519.verifies(
                item.key().publicKey().toBytes(),
                item.signedBytes(),
                item.signature().toBytes());
        return isSigned ? Outcome.STORED : Outcome.BAD_SIGNATURE;
    }

    public static Sha1Hash target(BValue value) {
        return Sha1Hash.ofContent(value.encoded());
    }

    public Outcome put(BValue value, Sha1Hash self, long now) {
        var outcome = judge(value);
        if (outcome != Outcome.STORED) {
            return outcome;
        }
        return keep(target(value), new Kept(value, Optional.empty(), now + LIFE), self, now);
    }

    /** @param replaces the sequence number that the sender believes to be the current one */
    public Outcome put(
            BString publicKey,
            BString salt,
            long sequence,
            BValue value,
            BString signature,
            OptionalLong replaces,
            Sha1Hash self,
            long now) {
        if (salt.length() > MutableKey.MAX_SALT) {
            return Outcome.SALT_TOO_LONG;
        }
        var item = new MutableItem(new MutableKey(publicKey, salt), sequence, value, signature);
        var target = item.key().target();
        var current = get(target, now).flatMap(Kept::mutable);
        var outcome = judge(item);
        if (outcome == Outcome.STORED && current.isPresent()) {
            outcome = judgeOrder(item, current.get(), replaces);
        }
        if (outcome != Outcome.STORED) {
            return outcome;
        }
        return keep(target, new Kept(value, Optional.of(item), now + LIFE), self, now);
    }

    private static Outcome judgeOrder(MutableItem item, MutableItem current, OptionalLong replaces) {
        if (replaces.isPresent() && replaces.getAsLong() != current.sequence()) {
            return Outcome.OTHER_SEQUENCE;
        }
        boolean isSame = item.sequence() == current.sequence()
                && item.value().encoded().equals(current.value().encoded());
        return item.sequence() > current.sequence() || isSame ? Outcome.STORED : Outcome.OLD_SEQUENCE;
    }

    private Outcome keep(Sha1Hash target, Kept kept, Sha1Hash self, long now) {
        if (!items.containsKey(target) && items.size() >= MAX_ITEMS) {
            expire(now);
        }
        if (!items.containsKey(target) && items.size() >= MAX_ITEMS) {
            var farthest = target;
            for (var other : items.keySet()) {
                farthest = Ids.compare(self, other, farthest) > 0 ? other : farthest;
            }
            if (farthest.equals(target)) {
                return Outcome.NO_ROOM;
            }
            items.remove(farthest);
        }
        items.put(target, kept);
        return Outcome.STORED;
    }

    public void expire(long now) {
        items.values().removeIf(kept -> now >= kept.until());
    }
}
