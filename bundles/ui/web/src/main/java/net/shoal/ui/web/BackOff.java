package net.shoal.ui.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Does not listen to who gave wrong passwords: five within an hour, and not for an hour. Counts by address, by the /64 of IPv6, of which one
 * host may have all. Bounded: who was wrong longest ago is forgotten first. Safe for use from any thread.
 */
final class BackOff {
    static final int FAILURES = 5;
    static final Duration BLOCKED = Duration.ofHours(1);
    private static final int MOST_ADDRESSES = 10_000;
    private static final int BYTES_OF_A_NETWORK = 8;

    private final Clock clock;
    private final Map<List<Byte>, Failures> failures = new LinkedHashMap<>();

    BackOff(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant last) {}

    /** How long this address is not to be listened to; zero if it is. */
    synchronized Duration rest(InetAddress address) {
        var found = failures.get(key(address));
        if (found == null) {
            return Duration.ZERO;
        }
        var rest = Duration.between(clock.instant(), found.last().plus(BLOCKED));
        if (rest.isNegative() || rest.isZero()) {
            failures.remove(key(address));
            return Duration.ZERO;
        }
        return found.count() >= FAILURES ? rest : Duration.ZERO;
    }

    synchronized void failed(InetAddress address) {
        var key = key(address);
        var before = rest(address).isZero() ? failures.remove(key) : failures.get(key);
        if (failures.size() >= MOST_ADDRESSES) {
            failures.remove(failures.keySet().iterator().next());
        }
        failures.put(key, new Failures(before == null ? 1 : before.count() + 1, clock.instant()));
    }

    synchronized void succeeded(InetAddress address) {
        failures.remove(key(address));
    }

    synchronized int size() {
        return failures.size();
    }

    private static List<Byte> key(InetAddress address) {
        var bytes = address.getAddress();
        int length = address instanceof Inet6Address ? BYTES_OF_A_NETWORK : bytes.length;
        var key = new Byte[length];
        Arrays.setAll(key, i -> bytes[i]);
        return List.of(key);
    }
}
