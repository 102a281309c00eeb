package net.shoal.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How this process ends, once, whoever wants it to first: a signal, or the end of what it did. Ends by halt after an orderly stop, so that
 * nothing can wait for a shutdown hook that waits for it.
 */
final class Ending {
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Runnable cleanUp = () -> {};

    /** What to do before the process ends, whatever ends it. Must itself be bounded in time. */
    void cleanUpWith(Runnable work) {
        cleanUp = work;
    }

    /** SIGTERM and a closed terminal end with 0: a clean stop. SIGINT ends with {@code interrupted}. A second signal does not wait. */
    void listenToSignals(int interrupted) {
        Signals.on("TERM", name -> bySignal(0));
        Signals.on("HUP", name -> bySignal(0));
        Signals.on("INT", name -> bySignal(interrupted));
    }

    boolean isUnderWay() {
        return begun.get();
    }

    private void bySignal(int status) {
        if (!begun.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(status);
        }
        var thread = new Thread(() -> finish(status), "shoal-ending");
        thread.start();
    }

    /** Ends the process; does not return. */
    void end(int status) {
        if (begun.compareAndSet(false, true)) {
            finish(status);
        }
        waitForTheOther();
    }

    private void finish(int status) {
        try {
            cleanUp.run();
        } finally {
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(status);
        }
    }

    private static void waitForTheOther() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
