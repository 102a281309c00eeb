package net.shoal.source.web;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceReading;
import net.shoal.api.transfer.SourceSink;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file being fetched. On the loop of its session, but for what its reader calls.
 *
 * <pre>
 *   connecting → asked → (redirected: connecting anew) → reading the body → done, or asked for the rest, or failed
 * </pre>
 */
final class WebRead implements SourceReading, WebConnection.Listener {
    private static final int MAX_REDIRECTS = 5;
    /** Bytes a second; who sends less for as long as one who sends nothing is waited for is as good as that one. */
    private static final long LEAST_RATE = 256;

    private final WebSession session;
    private final int file;
    private final SourceSink sink;
    private final long fileLength;
    private long offset;
    private long left;
    private WebSession.@Nullable Moved place;
    private @Nullable WebConnection connection;
    private @Nullable Future<?> watch;
    private long lastSeen;
    /** Since when its rate is looked at, and what has come since. */
    private long counting;

    private long counted;
    private int redirects;
    private boolean reading = true;
    private boolean reused;
    private boolean answered;
    private boolean progressed = true;
    private long skip;
    private long take;
    private boolean ended;

    WebRead(WebSession session, int file, RangeReply.Asked asked, SourceSink sink) {
        this.session = session;
        this.file = file;
        this.sink = sink;
        this.offset = asked.offset();
        this.left = asked.length();
        this.fileLength = asked.fileLength();
    }

    // ---- from its reader

    @Override
    public void setReading(boolean on) {
        session.onLoop(() -> {
            reading = on;
            lastSeen = System.nanoTime();
            if (connection != null) {
                connection.setReading(on);
            }
        });
    }

    @Override
    public void close() {
        session.onLoop(this::end);
    }

    // ---- asking

    void begin() {
        try {
            place = session.place(file);
        } catch (IllegalArgumentException e) {
            fail(SourceException.notThisFile("has a URL for this file that " + e.getMessage()));
            return;
        }
        long interval = session.patienceMillis() / 3;
        watch = session.loop().scheduleWithFixedDelay(this::watch, interval, interval, TimeUnit.MILLISECONDS);
        connect(false);
    }

    private WebSession.Moved place() {
        var known = place;
        if (known == null) {
            throw new IllegalStateException("not begun");
        }
        return known;
    }

    private void connect(boolean fresh) {
        lastSeen = System.nanoTime();
        session.connection(place(), fresh)
                .whenCompleteAsync(
                        (made, problem) -> {
                            if (problem != null) {
                                fail(failure(problem));
                            } else if (ended) {
                                session.giveBack(made);
                            } else {
                                ask(made);
                            }
                        },
                        session.loop());
    }

    private static SourceException failure(Throwable problem) {
        var cause = problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        return cause instanceof SourceException known
                ? known
                : SourceException.notNow(String.valueOf(cause.getMessage()));
    }

    private void ask(WebConnection over) {
        connection = over;
        reused = over.isUsed();
        answered = false;
        lastSeen = System.nanoTime();
        counting = lastSeen;
        counted = 0;
        over.ask(place().url(), offset, left, reading, this);
    }

    /** On, over the same connection if that can be. */
    private void again() {
        var before = connection;
        if (before != null && before.isOpen()) {
            connection = null;
            session.giveBack(before);
        }
        connect(false);
    }

    // ---- what is answered

    @Override
    public void onHead(HttpResponse head) {
        answered = true;
        lastSeen = System.nanoTime();
        var asked = new RangeReply.Asked(offset, left, fileLength);
        var reply = RangeReply.of(head.status().code(), head.headers(), asked, Instant.now());
        if (reply instanceof RangeReply.Body body) {
            skip = body.skip();
            take = body.take();
        } else if (reply instanceof RangeReply.Moved moved) {
            redirect(moved.location());
        } else if (reply instanceof RangeReply.Refused refused) {
            refuse(refused.why());
        }
    }

    private void redirect(String location) {
        var by = connection;
        if (by == null) {
            return;
        }
        if (redirects++ == MAX_REDIRECTS) {
            fail(SourceException.never("redirects more than " + MAX_REDIRECTS + " times"));
            return;
        }
        try {
            var to = place().url().redirect(location);
            var moved = new WebSession.Moved(to, Optional.of(by.remote()));
            connection = null;
            // what a redirect says beside is not read
            by.close();
            session.moved(file, moved);
            place = moved;
            connect(false);
        } catch (IllegalArgumentException e) {
            fail(SourceException.never("redirects to an address that " + e.getMessage()));
        }
    }

    /** Where a file has moved to may be true for some time only. */
    private void refuse(SourceException why) {
        if (redirects == 0 && session.forgetMove(file)) {
            drop();
            place = session.place(file);
            connect(false);
        } else {
            fail(why);
        }
    }

    @Override
    public void onBody(ByteBuf bytes) {
        lastSeen = System.nanoTime();
        int skipped = (int) Math.min(skip, bytes.readableBytes());
        bytes.skipBytes(skipped);
        skip -= skipped;
        int count = (int) Math.min(take, bytes.readableBytes());
        if (count > 0) {
            var copy = ByteBuffer.allocate(count);
            bytes.readBytes(copy);
            take -= count;
            offset += count;
            left -= count;
            counted += count;
            progressed = true;
            sink.bytes(copy.flip());
        }
        if (left == 0 && bytes.isReadable()) {
            // a whole small file, of which this was a part
            finish();
        } else if (bytes.isReadable()) {
            fail(SourceException.never("sends more than it says"));
        }
    }

    @Override
    public void onEnd() {
        if (left == 0) {
            finish();
        } else if (progressed && take == 0) {
            progressed = false;
            again();
        } else {
            onLost("ends before it has sent what it was asked for");
        }
    }

    /** Goes on where it broke off, if there was something since the last time. */
    @Override
    public void onLost(String reason) {
        drop();
        // a server may hang up on whoever has asked for nothing for a while
        boolean stale = reused && !answered;
        if (left == 0) {
            finish();
        } else if (stale || progressed) {
            progressed = false;
            connect(true);
        } else {
            fail(SourceException.notNow(reason));
        }
    }

    private void watch() {
        if (!reading || connection == null) {
            counting = System.nanoTime();
            counted = 0;
        }
        if (!reading) {
            lastSeen = System.nanoTime();
        }
        if (left > 0 && isDripping()) {
            fail(SourceException.notNow("sends next to nothing"));
        } else if (System.nanoTime() - lastSeen > TimeUnit.MILLISECONDS.toNanos(session.patienceMillis())) {
            if (left == 0) {
                finish();
            } else {
                fail(SourceException.notNow("does not answer in time"));
            }
        }
    }

    private boolean isDripping() {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - counting);
        if (millis <= session.patienceMillis()) {
            return false;
        }
        boolean isLittle = counted > 0 && counted * 1000 < LEAST_RATE * millis;
        counting = System.nanoTime();
        counted = 0;
        return isLittle;
    }

    // ---- the end

    private void finish() {
        if (!ended) {
            var over = connection;
            connection = null;
            end();
            if (over != null) {
                session.giveBack(over);
            }
            sink.done();
        }
    }

    private void fail(SourceException failure) {
        if (!ended) {
            end();
            sink.failed(failure);
        }
    }

    /** Nothing more comes of it. */
    void end() {
        ended = true;
        if (watch != null) {
            watch.cancel(false);
        }
        drop();
        session.ended(this);
    }

    private void drop() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
