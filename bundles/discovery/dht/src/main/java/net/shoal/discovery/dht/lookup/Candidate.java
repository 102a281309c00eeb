package net.shoal.discovery.dht.lookup;

import java.util.Optional;
import net.shoal.base.bencode.BDict;
import net.shoal.base.bencode.BString;
import net.shoal.base.model.Sha1Hash;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.table.SecureId;
import org.jspecify.annotations.Nullable;

/** A node that a lookup has heard of. */
public final class Candidate {
    private static final int LIES = 3;

    enum State {
        NEW,
        ASKED,
        SLOW,
        REPLIED,
        FAILED
    }

    public final Sha1Hash id;
    public final Endpoint endpoint;
    /** How many nodes have led to it; 0 for one of our own table. */
    public final int hops;
    /** Its address allows its id (BEP 42). */
    final boolean fits;

    private final @Nullable Candidate namedBy;
    private int misses;
    private int hits;
    State state = State.NEW;
    private BDict values = BDict.EMPTY;

    Candidate(Sha1Hash id, Endpoint endpoint, @Nullable Candidate namedBy) {
        this.id = id;
        this.endpoint = endpoint;
        this.namedBy = namedBy;
        this.hops = namedBy == null ? 0 : namedBy.hops + 1;
        this.fits = SecureId.fits(id, endpoint);
    }

    void replied(BDict reply) {
        state = State.REPLIED;
        values = reply;
        if (namedBy != null) {
            namedBy.hits++;
        }
    }

    void failed() {
        state = State.FAILED;
        if (namedBy != null) {
            namedBy.misses++;
        }
    }

    /** Who named it has named several that are not there, and few that are. */
    boolean isHearsayOfLiar() {
        return namedBy != null && namedBy.misses >= LIES && namedBy.misses > 2 * namedBy.hits;
    }

    /** What it replied. */
    public BDict values() {
        return values;
    }

    /** With which it takes something for the key that was looked up. */
    public Optional<BString> token() {
        return values.string("token");
    }
}
