package net.shoal.engine.sim;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.shoal.api.transfer.ContentSource;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceReading;
import net.shoal.api.transfer.SourceSession;
import net.shoal.api.transfer.SourceSink;
import net.shoal.base.metainfo.Info;
import net.shoal.engine.source.Sources;

/** A server that is told how to behave. All that is read there shares one line. */
final class FakeSource implements ContentSource {
    private static final int CHUNK = 40_000;
    private static final Duration LATENCY = Duration.ofMillis(50);

    private final Timeline time;
    private final TestContent content;
    private final List<Long> lengths = new ArrayList<>();
    private final Set<Integer> missing = new HashSet<>();
    private long rate = 4 * Simulation.MIB;
    private long lineFree;
    private long sent;
    private long spoilFrom = Long.MAX_VALUE;
    private SourceException failure;
    private long failAfter = Long.MAX_VALUE;
    private int opened;
    private int closed;

    FakeSource(Timeline time, TestContent content) {
        this.time = time;
        this.content = content;
    }

    /** Bytes a second. */
    FakeSource rate(long bytes) {
        rate = bytes;
        return this;
    }

    FakeSource without(int file) {
        missing.add(file);
        return this;
    }

    /** From so many bytes on, what it sends is wrong. */
    FakeSource spoils(long from) {
        spoilFrom = from;
        return this;
    }

    /** From so many bytes on it fails, until {@link #heals}. */
    FakeSource fails(long from, SourceException with) {
        failAfter = from;
        failure = with;
        return this;
    }

    void heals() {
        failAfter = Long.MAX_VALUE;
    }

    /** What it was asked for: the length of each read. */
    List<Long> lengths() {
        return lengths;
    }

    long sent() {
        return sent;
    }

    int opened() {
        return opened;
    }

    boolean isClosed() {
        return opened == closed;
    }

    /** Has a node fetch from it, under this many URLs. */
    Sources serve(SimNode node, int urls) {
        var info = content.metainfo().info();
        var sources = new Sources(time, () -> List.of(this), node.swarm(), info);
        var all = new ArrayList<URI>();
        for (int i = 0; i < urls; i++) {
            all.add(URI.create("fake://host" + i + ".example/files"));
        }
        sources.add(all);
        tick(sources, node);
        return sources;
    }

    private void tick(Sources sources, SimNode node) {
        time.after(Duration.ofSeconds(1), () -> {
            if (!node.isClosed()) {
                sources.tick();
                tick(sources, node);
            }
        });
    }

    @Override
    public String name() {
        return "fake source";
    }

    @Override
    public boolean takes(URI url) {
        return url.getScheme().equals("fake");
    }

    @Override
    public SourceSession open(URI url, Info info) {
        opened++;
        return new SourceSession() {
            @Override
            public int parallel() {
                return 2;
            }

            @Override
            public SourceReading read(int file, long offset, long length, SourceSink sink) {
                lengths.add(length);
                var reading = new Reading(info.files().get(file).offset() + offset, length, sink);
                time.after(LATENCY, () -> begin(file, reading));
                return reading;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private void begin(int file, Reading reading) {
        if (missing.contains(file)) {
            reading.sink.failed(SourceException.notThisFile("does not have this file"));
        } else {
            next(reading);
        }
    }

    private void next(Reading reading) {
        if (reading.closed || !reading.on) {
            return;
        }
        if (sent >= failAfter) {
            reading.sink.failed(failure);
            return;
        }
        if (reading.left == 0) {
            reading.sink.done();
            return;
        }
        int count = (int) Math.min(CHUNK, reading.left);
        long begin = Math.max(lineFree, time.nanoTime());
        lineFree = begin + count * 1_000_000_000L / rate;
        time.schedule(lineFree - time.nanoTime(), () -> {
            if (!reading.closed) {
                sent += count;
                reading.sink.bytes(bytes(reading.at, count));
                reading.at += count;
                reading.left -= count;
                next(reading);
            }
        });
    }

    private ByteBuffer bytes(long at, int count) {
        var bytes = ByteBuffer.allocate(count).put(content.bytes(at, count)).flip();
        if (sent > spoilFrom) {
            bytes.put(count / 2, (byte) ~bytes.get(count / 2));
        }
        return bytes;
    }

    private final class Reading implements SourceReading {
        private final SourceSink sink;
        private long at;
        private long left;
        private boolean on = true;
        private boolean closed;

        Reading(long at, long left, SourceSink sink) {
            this.at = at;
            this.left = left;
            this.sink = sink;
        }

        @Override
        public void setReading(boolean now) {
            if (now && !on) {
                on = true;
                next(this);
            }
            on = now;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
