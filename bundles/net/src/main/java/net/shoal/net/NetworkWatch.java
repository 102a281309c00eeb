package net.shoal.net;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notices that the network of this machine has changed, by looking at it every now and then: the platform tells nobody. A sleep shows
 * in the calendar clock, which goes on while the other one stands still (on some systems that goes on too, and then it shows as a look that comes
 * much too late). A calendar clock that is put forward looks the same and does no harm. Confined to one thread.
 */
final class NetworkWatch {
    /** Milliseconds by which a clock may stray between two looks. */
    static final long SLEPT = 15_000;

    private final Supplier<Set<String>> addresses;
    private final LongSupplier calendarMillis;
    private final LongSupplier nanoTime;
    private Set<String> seen;
    private long calendar;
    private long nanos;

    /** @param addresses every address that can be used now, with the interface it belongs to */
    NetworkWatch(Supplier<Set<String>> addresses, LongSupplier calendarMillis, LongSupplier nanoTime) {
        this.addresses = addresses;
        this.calendarMillis = calendarMillis;
        this.nanoTime = nanoTime;
        this.seen = Set.copyOf(addresses.get());
        this.calendar = calendarMillis.getAsLong();
        this.nanos = nanoTime.getAsLong();
    }

    /** @param usual milliseconds since the last look, if nothing unusual has happened */
    boolean hasChanged(long usual) {
        var now = Set.copyOf(addresses.get());
        long nowCalendar = calendarMillis.getAsLong();
        long nowNanos = nanoTime.getAsLong();
        long awake = TimeUnit.NANOSECONDS.toMillis(nowNanos - nanos);
        boolean slept = nowCalendar - calendar - awake > SLEPT || awake - usual > SLEPT;
        boolean moved = !now.equals(seen);
        seen = now;
        calendar = nowCalendar;
        nanos = nowNanos;
        return slept || moved;
    }
}
