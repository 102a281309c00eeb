package net.shoal.api.net;

import io.netty.channel.IoEventLoopGroup;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** For those who go while their code may still be waiting for its turn on a loop: their classes go with them. */
public final class EventLoopTasks {
    /** A task may close a channel, which tells its handlers a turn later. */
    private static final int TURNS = 2;

    private EventLoopTasks() {}

    /**
     * Waits until all loops have done what was given to them before, and what follows at once from that. Not to be called on a loop.
     *
     * @return false if some did not in time
     */
    public static boolean await(IoEventLoopGroup loops, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int turn = 0; turn < TURNS; turn++) {
            if (!awaitTurn(loops, end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean awaitTurn(IoEventLoopGroup loops, long end) {
        List<Future<?>> turns = new ArrayList<>();
        try {
            loops.forEach(loop -> turns.add(loop.submit(() -> {})));
            for (var turn : turns) {
                turn.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return true;
        } catch (RejectedExecutionException e) {
            return true; // they have ended, and all with them
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
