package net.shoal.engine.source;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import net.shoal.api.transfer.SourceException;
import net.shoal.api.transfer.SourceReading;
import net.shoal.api.transfer.SourceSession;
import net.shoal.api.transfer.SourceSink;
import net.shoal.base.bencode.BencodeWriter;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;
import net.shoal.base.model.PeerAddress;
import net.shoal.base.wire.ExtendedHandshake;
import net.shoal.base.wire.Message;
import net.shoal.base.wire.ProtocolException;
import net.shoal.engine.swarm.LinkEvents;
import net.shoal.engine.swarm.Loop;
import net.shoal.engine.swarm.PeerLink;
import net.shoal.engine.swarm.SharedBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source in the guise of a peer: it says what it has, unchokes, and answers requests by reading long parts of files. What else is said to
 * it, it does not hear. On the swarm's loop; what comes from a source's threads is posted there.
 */
final class SourceLink implements PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(SourceLink.class);
    private static final int MAX_PARALLEL = 4;
    /** Told as reqq. What a source is asked for nobody else is: less than of a peer, and enough for any server. */
    private static final int MAX_REQUESTS = 1_000;

    private static final long SECOND = 1_000_000_000L;
    private static final long WATCH = 5 * SECOND;
    /** However it trickles: a source that takes longer for a block is left alone for a while. */
    private static final long BLOCK_TIMEOUT = 60 * SECOND;

    /** Not worth while to break off a reading for less. */
    private static final long WORTH_ENDING = 256 << 10;

    private final Loop loop;
    private final Guise guise;
    private final Info info;
    private final SourceSession session;
    private final Fate fate;
    private final WantedBlocks wanted;
    private final Queue<FileSpans.FileSpan> due = new ArrayDeque<>();
    private final Set<Read> reads = new LinkedHashSet<>();
    private final Bitfield has;
    private final Loop.Timer[] watch = new Loop.Timer[1];
    private @Nullable LinkEvents events;
    private boolean reading = true;
    private boolean pumpDue;
    private boolean closed;
    private long lastBlock;

    /**
     * How it looks among peers.
     *
     * @param client what it calls itself
     */
    record Guise(PeerAddress address, String transport, String security, String client, Kind kind) {}

    /** Whoever keeps it hears what becomes of it. */
    interface Fate {
        void onBlock(int bytes);

        /**
         * The last call.
         *
         * @param failure of the source; null if the swarm has ended it
         * @param file that was being read, -1 if there was none
         */
        void onClosed(String reason, @Nullable SourceException failure, int file);
    }

    /** @param has pieces it can give, to begin with */
    SourceLink(Loop loop, Guise guise, Info info, Bitfield has, SourceSession session, Fate fate) {
        this.loop = loop;
        this.guise = guise;
        this.info = info;
        this.has = has;
        this.session = session;
        this.fate = fate;
        this.wanted = new WantedBlocks(new FileSpans(info));
        this.lastBlock = loop.nanoTime();
    }

    // ---- what a peer would say

    @Override
    public void start(LinkEvents listener) {
        events = listener;
        loop.execute(this::greet);
        watch();
    }

    private void greet() {
        var handshake = new ExtendedHandshake(
                Collections.emptySortedMap(),
                Optional.of(guise.client()),
                OptionalInt.empty(),
                OptionalInt.of(MAX_REQUESTS),
                OptionalInt.empty(),
                Optional.empty(),
                true,
                OptionalInt.empty());
        say(new Message.Extended(
                ExtendedHandshake.MESSAGE_ID, ByteBuffer.wrap(BencodeWriter.write(handshake.toDict()))));
        say(has.isFull() ? Message.HAVE_ALL : new Message.BitfieldBytes(ByteBuffer.wrap(has.toWire())));
        say(Message.UNCHOKE);
        readComplete();
    }

    private void say(Message message) {
        var listener = events;
        if (listener != null && !closed) {
            listener.onMessage(message);
        }
    }

    private void readComplete() {
        var listener = events;
        if (listener != null && !closed) {
            listener.onReadComplete();
        }
    }

    /** It can give this piece now. */
    void has(int piece) {
        if (has.set(piece) && events != null) {
            say(new Message.Have(piece));
            readComplete();
        }
    }

    // ---- what it is asked for

    @Override
    public void send(Message message) {
        if (closed) {
            return;
        }
        if (message instanceof Message.Request request) {
            long at = info.layout().offsetOf(request.piece()) + request.offset();
            wanted.add(new WantedBlock(request.piece(), request.offset(), request.length(), at));
            schedulePump();
        } else if (message instanceof Message.Cancel cancel) {
            cancel(cancel);
        } else if (message instanceof Message.HashRequest ask) {
            answer(new Message.HashReject(
                    ask.piecesRoot(), ask.baseLayer(), ask.index(), ask.length(), ask.proofLayers()));
        }
    }

    private void cancel(Message.Cancel cancel) {
        if (!wanted.remove(info.layout().offsetOf(cancel.piece()) + cancel.offset())) {
            return;
        }
        answer(new Message.RejectRequest(cancel.piece(), cancel.offset(), cancel.length()));
        for (var read : List.copyOf(reads)) {
            if (read.left() > WORTH_ENDING && !wanted.wantsAny(read.at, read.span.end())) {
                read.end();
                reads.remove(read);
                schedulePump();
            }
        }
    }

    /** Never from within the call that asks. */
    private void answer(Message message) {
        loop.execute(() -> say(message));
    }

    /** What is asked for in one go is looked at in one go. */
    private void schedulePump() {
        if (!pumpDue) {
            pumpDue = true;
            loop.execute(this::pump);
        }
    }

    private void pump() {
        pumpDue = false;
        int most = Math.max(1, Math.min(MAX_PARALLEL, session.parallel()));
        while (!closed && reads.size() < most) {
            if (due.isEmpty()) {
                due.addAll(wanted.next(reads.isEmpty()));
            }
            var span = due.poll();
            if (span == null) {
                return;
            }
            if (wanted.wantsAny(span.at(), span.end())) {
                begin(span);
            }
        }
    }

    private void begin(FileSpans.FileSpan span) {
        if (reads.isEmpty()) {
            lastBlock = loop.nanoTime();
        }
        var read = new Read(span);
        reads.add(read);
        try {
            read.begun(session.read(span.file(), span.offset(), span.length(), read));
        } catch (RuntimeException e) {
            LOG.warn("{} failed", guise.address(), e);
            fail(SourceException.never("failed: " + e), span.file());
        }
    }

    // ---- what comes

    /** A part of a file on its way. Only what it does as a sink is done on other threads. */
    private final class Read implements SourceSink {
        private final FileSpans.FileSpan span;
        private long at;
        private @Nullable SourceReading handle;
        private boolean ended;

        Read(FileSpans.FileSpan span) {
            this.span = span;
            this.at = span.at();
        }

        void begun(SourceReading begun) {
            handle = begun;
            if (ended) {
                begun.close();
            } else if (!reading) {
                begun.setReading(false);
            }
        }

        long left() {
            return span.end() - at;
        }

        void setReading(boolean on) {
            if (handle != null) {
                handle.setReading(on);
            }
        }

        void end() {
            ended = true;
            if (handle != null) {
                handle.close();
            }
        }

        @Override
        public void bytes(ByteBuffer next) {
            loop.execute(() -> {
                if (!ended && !closed) {
                    take(this, next);
                }
            });
        }

        @Override
        public void done() {
            loop.execute(() -> {
                if (!ended && !closed) {
                    finish(this);
                }
            });
        }

        @Override
        public void failed(SourceException failure) {
            loop.execute(() -> {
                if (!ended && !closed) {
                    fail(failure, span.file());
                }
            });
        }
    }

    private void take(Read read, ByteBuffer bytes) {
        if (bytes.remaining() > read.left()) {
            fail(SourceException.never("sends more than it was asked for"), read.span.file());
            return;
        }
        while (bytes.hasRemaining() && !closed) {
            long here = read.at;
            var block = wanted.at(here);
            long stop = block != null ? block.end() : wanted.next(here, read.span.end());
            int count = (int) Math.min(bytes.remaining(), stop - here);
            var part = bytes.slice(bytes.position(), count);
            bytes.position(bytes.position() + count);
            read.at += count;
            if (block != null) {
                var whole = block.take(here, part);
                if (whole != null) {
                    deliver(block, whole);
                }
            }
        }
        readComplete();
    }

    private void deliver(WantedBlock block, ByteBuffer bytes) {
        wanted.remove(block.at);
        lastBlock = loop.nanoTime();
        fate.onBlock(block.length);
        var listener = events;
        if (listener == null) {
            return;
        }
        try {
            var into = listener.beginBlock(block.piece, block.offset, block.length);
            if (into != null) {
                into.put(into.position(), bytes, bytes.position(), block.length);
                listener.endBlock(block.piece, block.offset, block.length);
            }
        } catch (ProtocolException e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    private void finish(Read read) {
        read.ended = true;
        reads.remove(read);
        if (read.left() > 0) {
            fail(SourceException.notNow("ends before it has sent what it was asked for"), read.span.file());
        } else {
            pump();
        }
    }

    // ---- how it ends

    private void watch() {
        watch[0] = loop.schedule(WATCH, () -> {
            if (closed) {
                return;
            }
            if (reading && !reads.isEmpty() && loop.nanoTime() - lastBlock > BLOCK_TIMEOUT) {
                fail(SourceException.notNow("is too slow"), -1);
            } else {
                // it is there, though it may have nothing to say for long
                readComplete();
                watch();
            }
        });
    }

    private void fail(SourceException failure, int file) {
        close(failure.reason(), failure, file);
    }

    @Override
    public void close(String reason) {
        close(reason, null, -1);
    }

    private void close(String reason, @Nullable SourceException failure, int file) {
        if (closed) {
            return;
        }
        closed = true;
        if (watch[0] != null) {
            watch[0].cancel();
        }
        reads.forEach(Read::end);
        reads.clear();
        due.clear();
        wanted.clear();
        try {
            session.close();
        } catch (RuntimeException e) {
            LOG.warn("{} failed", guise.address(), e);
        }
        loop.execute(() -> {
            var listener = events;
            events = null;
            if (listener != null) {
                listener.onClosed(reason);
            }
            fate.onClosed(reason, failure, file);
        });
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        lastBlock = loop.nanoTime();
        reads.forEach(read -> read.setReading(on));
    }

    @Override
    public void sendBlock(int piece, int offset, int length, SharedBuffer data, int from) {
        throw new IllegalStateException("a source asks for nothing");
    }

    @Override
    public boolean isWritable() {
        return !closed;
    }

    // ---- how it looks

    @Override
    public PeerAddress address() {
        return guise.address();
    }

    @Override
    public String transport() {
        return guise.transport();
    }

    @Override
    public String security() {
        return guise.security();
    }

    @Override
    public boolean encrypted() {
        return guise.security().equals("tls");
    }

    @Override
    public boolean inbound() {
        return false;
    }

    @Override
    public Kind kind() {
        return guise.kind();
    }
}
