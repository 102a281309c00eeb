package net.shoal.engine.sim;

import java.util.concurrent.RejectedExecutionException;

/** Lets one of the things fail that may fail: memory that is asked for, a message that is put into a buffer, a task for the disk, a dial. */
final class Faults {
    private final long failing;
    private long count;
    private String failed = "nothing";

    /** @param failing which of them, from 1; 0 for none */
    Faults(long failing) {
        this.failing = failing;
    }

    /** How many there were. */
    long count() {
        return count;
    }

    String failed() {
        return failed;
    }

    void allocate(String what) {
        if (isNext(what)) {
            throw new OutOfMemoryError("injected: " + what);
        }
    }

    void execute() {
        if (isNext("a task for the disk")) {
            throw new RejectedExecutionException("injected");
        }
    }

    boolean isNext(String what) {
        boolean fails = ++count == failing;
        if (fails) {
            failed = what;
        }
        return fails;
    }
}
