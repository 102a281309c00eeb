package net.shoal.engine.testing;

import java.util.concurrent.atomic.AtomicLong;

/** Lets the n-th of the things fail that may fail; for any thread. */
public final class NthFault {
    private final AtomicLong count = new AtomicLong();
    private volatile long failing = -1;
    private volatile String failed = "nothing";

    /** @param number from now on, from 1; 0 for none: they are counted only */
    public void arm(long number) {
        count.set(0);
        failing = number;
    }

    public long count() {
        return count.get();
    }

    public String failed() {
        return failed;
    }

    public boolean isNext(String what) {
        boolean fails = failing >= 0 && count.incrementAndGet() == failing;
        if (fails) {
            failed = what;
        }
        return fails;
    }
}
