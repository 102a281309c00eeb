package net.shoal.discovery.dht.limits;

import java.util.LinkedHashMap;
import java.util.Map;
import net.shoal.discovery.dht.krpc.Endpoint;
import net.shoal.discovery.dht.krpc.Family;

/**
 * What passed between us and each address of late. On loopback, where all have one address, each port counts as an address; of IPv6 a /64
 * asks as one.
 *
 * <p>Whoever asks more than 5 questions a second over 10 seconds is not heard for 5 minutes; libtorrent does the same to us. An address has
 * <em>proven</em> that it is where it says when something came from it that it can only know by having got what we sent there: a
 * transaction id or a token. To any other we send at most 1.2 times the bytes that came from it.
 */
public final class Addresses {
    /** Bytes that may be sent for 10 bytes from an address that has proven nothing. */
    public static final int UNPROVEN_TENTHS = 12;

    static final long WINDOW = 10_000;
    static final int MAX_IN_WINDOW = 50;
    static final long BLOCKED = 5 * 60_000L;

    private static final long PROVEN = 30 * 60_000L;
    private static final long UNSOLICITED = 10 * 60_000L;
    private static final int MOST_CREDIT = 4_096;
    private static final double QUERIES_A_SECOND = 2.5;
    private static final int QUERIES_AT_ONCE = 8;

    private final int capacity;
    private final Map<Endpoint, Address> known;
    private long refused;

    /** @param capacity how many addresses are remembered; beyond that those are forgotten that were silent for longest */
    public Addresses(int capacity) {
        this.capacity = capacity;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Endpoint, Address> eldest) {
                return size() > Addresses.this.capacity;
            }
        };
    }

    private static final class Address {
        long windowStart;
        int inWindow;
        long blockedUntil;
        long provenUntil = Long.MIN_VALUE;
        int credit;
        long asked = Long.MIN_VALUE;
        final Pace queries = new Pace(QUERIES_A_SECOND, QUERIES_AT_ONCE);
    }

    private Address of(Endpoint endpoint) {
        return known.computeIfAbsent(endpoint.isLoopback() ? endpoint : endpoint.withPort(0), key -> new Address());
    }

    /** One machine has all of a /64 of IPv6, and could ask from another address each time. */
    private Address household(Endpoint endpoint) {
        boolean isOneOfMany = endpoint.family() == Family.V6 && !endpoint.isLocal();
        return of(isOneOfMany ? new Endpoint(endpoint.high(), 0, 0) : endpoint);
    }

    /** A question came; false if it has to be left unheard. */
    public boolean admits(Endpoint from, int bytes, long now) {
        var household = household(from);
        if (now < household.blockedUntil) {
            refused++;
            return false;
        }
        if (now - household.windowStart >= WINDOW) {
            household.windowStart = now;
            household.inWindow = 0;
        }
        if (++household.inWindow > MAX_IN_WINDOW) {
            household.blockedUntil = now + BLOCKED;
            refused++;
            return false;
        }
        var address = of(from);
        address.credit = Math.min(MOST_CREDIT, address.credit + bytes * UNPROVEN_TENTHS / 10);
        return true;
    }

    /** It has given back what only who is there can know. */
    public void proved(Endpoint endpoint, long now) {
        of(endpoint).provenUntil = now + PROVEN;
    }

    public boolean isProven(Endpoint endpoint, long now) {
        return now < of(endpoint).provenUntil;
    }

    /** Bytes that may be sent to it now. */
    public int allowance(Endpoint to, long now) {
        var address = of(to);
        return now < address.provenUntil ? Integer.MAX_VALUE : address.credit;
    }

    public void sent(Endpoint to, int bytes) {
        var address = of(to);
        address.credit = Math.max(0, address.credit - bytes);
    }

    /** Milliseconds until it may be asked, so that it does not take us for a flood; the question counts from now on. */
    public long takeQuery(Endpoint to, long now) {
        var address = of(to);
        address.asked = now;
        return address.queries.take(now, 1);
    }

    /** True if we have not asked it anything for so long that no NAT lets it through for that. */
    public boolean isUnsolicited(Endpoint from, long now) {
        var address = of(from);
        return address.asked == Long.MIN_VALUE || now - address.asked > UNSOLICITED;
    }

    /** Questions that were left unheard so far. */
    public long refused() {
        return refused;
    }

    int size() {
        return known.size();
    }
}
