package net.shoal.fuzzing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What one message of a stranger may cost (reliability S1): so much memory allocated on the way, and so much of a processor. What runs for the
 * first time costs more, and so may an unlucky one; an input is at fault only if it is each time it is tried.
 */
public final class Cost {
    /** Bytes allocated for a message, beside twice its own. */
    public static final long MOST_BYTES = 16L << 20;
    /** Nanoseconds of a processor. */
    public static final long MOST_NANOS = 100_000_000L;

    private static final int TRIES = 4;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Cost() {}

    /** What is done with an input. */
    public interface Work {
        void run();
    }

    /**
     * Runs it, and again while it costs too much.
     *
     * @param length bytes of the input
     * @throws AssertionError if it cost too much each time
     */
    public static void within(int length, Work work) {
        var said = "";
        for (int i = 0; i < TRIES; i++) {
            long thread = Thread.currentThread().getId();
            long bytes = THREADS.getThreadAllocatedBytes(thread);
            long nanos = THREADS.getCurrentThreadCpuTime();
            work.run();
            long spent = THREADS.getCurrentThreadCpuTime() - nanos;
            long allocated = THREADS.getThreadAllocatedBytes(thread) - bytes;
            if (spent <= MOST_NANOS && allocated <= MOST_BYTES + 2L * length) {
                return;
            }
            said = "an input of " + length + " bytes costs " + spent / 1_000_000 + " ms and allocates " + allocated
                    + " bytes";
        }
        throw new AssertionError(said);
    }
}
