package net.shoal.plugins;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls code that may not come back, on a thread of its own that can be given up. */
final class Watched {
    private static final long GRACE_MILLIS = 2_000;

    private Watched() {}

    /**
     * @param rescue interrupts whatever else the code keeps waiting
     * @throws TimeoutException if it took too long; it was interrupted then
     */
    static <T> T call(String name, long millis, Callable<T> code, Runnable rescue)
            throws ExecutionException, TimeoutException, InterruptedException {
        var task = new FutureTask<>(code);
        var thread = new Thread(task, "shoal-plugin-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            rescue.run();
            thread.interrupt();
            thread.join(GRACE_MILLIS);
            throw e;
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    /** Interrupts threads on which the framework has called code of these packages. */
    static void interruptCallsInto(java.util.List<String> packages) {
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            boolean seen = false;
            for (var frame : frames) { // the innermost first
                seen |= packages.contains(packageOf(frame.getClassName()));
                if (seen && frame.getClassName().startsWith("org.apache.felix.")) {
                    thread.interrupt();
                    return;
                }
            }
        });
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
}
