package net.shoal.engine.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceReading;
import net.shoal.api.transfer.SourceSession;
import net.shoal.api.transfer.SourceSink;
import net.shoal.engine.swarm.Swarm;

/** Reads the files of another transfer of this node, through the store it has open. */
final class SiblingSession implements SourceSession {
    private static final int CHUNK = 1 << 20;

    private final Holder lender;
    private final SharedPieces shared;

    SiblingSession(Holder lender, SharedPieces shared) {
        this.lender = lender;
        this.shared = shared;
    }

    @Override
    public int parallel() {
        return 2;
    }

    @Override
    public SourceReading read(int file, long offset, long length, SourceSink sink) {
        long begin = lender.info().files().get(shared.theirFile(file)).offset();
        var reading = new Reading(begin + offset, length, sink);
        lender.lending().post(reading::next);
        return reading;
    }

    @Override
    public void close() {}

    /** One part after the other. On the loop of the lender. */
    private final class Reading implements SourceReading, Swarm.ReadResult {
        private final SourceSink sink;
        private long at;
        private long left;
        private boolean on = true;
        private boolean underway;
        private boolean closed;

        Reading(long at, long left, SourceSink sink) {
            this.at = at;
            this.left = left;
            this.sink = sink;
        }

        void next() {
            if (on && !closed && !underway && left > 0) {
                underway = true;
                lender.lending().read(at, (int) Math.min(CHUNK, left), this);
            }
        }

        @Override
        public void onRead(ByteBuffer bytes) {
            underway = false;
            at += bytes.remaining();
            left -= bytes.remaining();
            if (closed) {
                return;
            }
            sink.bytes(bytes);
            if (left == 0) {
                sink.done();
            } else {
                next();
            }
        }

        @Override
        public void onFailed(IOException cause) {
            closed = true;
            sink.failed(SourceException.notNow(String.valueOf(cause.getMessage())));
        }

        @Override
        public void setReading(boolean now) {
            lender.lending().post(() -> {
                on = now;
                next();
            });
        }

        @Override
        public void close() {
            lender.lending().post(() -> closed = true);
        }
    }
}
