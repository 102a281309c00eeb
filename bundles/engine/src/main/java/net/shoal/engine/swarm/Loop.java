package net.shoal.engine.swarm;

/** The one thread that owns a swarm, and its clock. Outsiders post; everything else asserts that it is here. */
public interface Loop {
    boolean inLoop();

    /** Runs later, in order; from any thread. */
    void execute(Runnable task);

    /** Monotonic, with any origin. */
    long nanoTime();

    /** Runs once on the loop, unless cancelled before. */
    Timer schedule(long delayNanos, Runnable task);

    /** Something that is still to come. */
    interface Timer {
        void cancel();
    }

    default void assertInLoop() {
        if (!inLoop()) {
            throw new IllegalStateException(
                    "called on " + Thread.currentThread().getName() + ", but this swarm lives on a loop of its own");
        }
    }
}
