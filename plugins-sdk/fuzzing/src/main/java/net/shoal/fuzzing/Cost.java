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
        within(length, Spent.NOTHING, work);
    }

    /**
     * The same for what costs something without any input, such as a whole swarm.
     *
     * @param usual what it costs then
     */
    public static void within(int length, Spent usual, Work work) {
        var said = "";
        for (int i = 0; i < TRIES; i++) {
            var spent = Spent.by(work);
            if (spent.nanos - usual.nanos <= MOST_NANOS && spent.bytes - usual.bytes <= MOST_BYTES + 2L * length) {
                return;
            }
            said = "an input of " + length + " bytes costs " + spent + " where " + usual + " is usual";
        }
        throw new AssertionError(said);
    }

    /**
     * What something has cost the thread that did it.
     *
     * @param bytes allocated
     * @param nanos of a processor
     */
    public record Spent(long bytes, long nanos) {
        public static final Spent NOTHING = new Spent(0, 0);

        public static Spent by(Work work) {
            long thread = Thread.currentThread().getId();
            long bytes = THREADS.getThreadAllocatedBytes(thread);
            long nanos = THREADS.getCurrentThreadCpuTime();
            work.run();
            long spent = THREADS.getCurrentThreadCpuTime() - nanos;
            return new Spent(THREADS.getThreadAllocatedBytes(thread) - bytes, spent);
        }

        @Override
        public String toString() {
            return bytes + " bytes and " + nanos / 1_000_000 + " ms";
        }
    }
}
