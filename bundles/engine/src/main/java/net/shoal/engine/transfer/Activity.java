package net.shoal.engine.transfer;

/** What a transfer does at some time, until it is ended or has nothing left to do. On the transfer's loop. */
interface Activity {
    /** Called once, first. */
    void start();

    /** Once a second, less often while it {@link #isQuiet}. */
    void tick(int secondsSinceLast);

    /** True while there is nothing to look after. */
    default boolean isQuiet() {
        return false;
    }

    /** What made it fail may be over: it need not wait. */
    void retryNow();

    /** Lets go of all it holds, then goes on with {@code then}. Called once; nothing is heard of it any more. */
    void end(Runnable then);
}
