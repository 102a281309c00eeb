package net.shoal.api.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTasksTest {
    private static final long MILLIS = 60_000;

    private final IoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void waitsForWhatWasGivenToAnyLoopAndForWhatFollows() {
        var done = new AtomicInteger();
        loops.forEach(loop -> loop.execute(() -> loop.execute(done::incrementAndGet)));
        assertThat(EventLoopTasks.await(loops, MILLIS)).isTrue();
        assertThat(done).hasValue(2);
    }

    @Test
    void doesNotWaitForEver() {
        var released = new CountDownLatch(1);
        loops.next().execute(() -> awaitQuietly(released));
        assertThat(EventLoopTasks.await(loops, 0)).isFalse();
        released.countDown();
    }

    @Test
    void hasNothingToWaitForWhereTheLoopsHaveEnded() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        assertThat(EventLoopTasks.await(loops, MILLIS)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
