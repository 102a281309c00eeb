package net.shoal.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelPoolTest {
    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong();
    private final ChannelPool pool = new ChannelPool(2, clock::get);

    private OpenChannel open(String name) throws IOException {
        var path = folder.resolve(name);
        if (!Files.exists(path)) {
            Files.createFile(path);
        }
        clock.incrementAndGet();
        return pool.open(() -> FileChannel.open(path), false);
    }

    @Test
    void theLeastRecentlyUsedMakesRoom() throws IOException {
        var a = open("a");
        a.release();
        var b = open("b");
        b.release();
        clock.incrementAndGet();
        assertThat(a.acquire()).isTrue();
        a.release();
        open("c");
        assertThat(b.channel().isOpen()).isFalse();
        assertThat(a.channel().isOpen()).isTrue();
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void whatIsInUseStaysOpenBeyondTheLimit() throws IOException {
        var a = open("a");
        var b = open("b");
        var c = open("c");
        assertThat(pool.size()).isEqualTo(3);
        a.release();
        assertThat(pool.size()).isEqualTo(2);
        b.release();
        c.release();
        open("d");
        assertThat(pool.size()).isEqualTo(2);
    }

    @Test
    void theLastUserOfARetiredChannelClosesIt() throws IOException {
        var a = open("a");
        assertThat(a.acquire()).isTrue();
        a.retire();
        assertThat(a.acquire()).isFalse();
        a.release();
        assertThat(a.channel().isOpen()).isTrue();
        a.release();
        assertThat(a.channel().isOpen()).isFalse();
        assertThat(pool.size()).isZero();
    }

    @Test
    void idleFilesAreClosed() throws IOException {
        open("a").release();
        clock.addAndGet(50);
        open("b").release();
        pool.closeIdle(20);
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void roomIsMadeWhenTheSystemHasNoMoreDescriptors() throws IOException {
        open("a").release();
        var attempts = new AtomicInteger();
        var path = folder.resolve("a");
        pool.open(
                () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IOException("Too many open files");
                    }
                    return FileChannel.open(path);
                },
                false);
        assertThat(pool.size()).isEqualTo(1);
    }
}
