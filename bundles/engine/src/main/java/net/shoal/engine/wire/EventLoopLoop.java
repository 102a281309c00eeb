package net.shoal.engine.wire;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import net.shoal.engine.swarm.Loop;

/** A swarm's loop that is a Netty event loop. */
public record EventLoopLoop(EventLoop eventLoop) implements Loop {
    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        var future = eventLoop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
