package net.shoal.engine.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.shoal.api.transfer.ContentReader;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import net.shoal.base.model.Bitfield;
import net.shoal.engine.swarm.Loop;
import net.shoal.engine.swarm.Swarm;
import org.jspecify.annotations.Nullable;

/**
 * Those who read files of a transfer while it is at work. A read waits for its first piece; that one and those after it are fetched before all
 * others. Lives as long as the transfer, on its loop.
 */
final class Readers {
    private static final int MOST = 64;
    /** Fetched ahead of each reader: some ten seconds of a film. */
    private static final int AHEAD_BYTES = 16 << 20;

    private static final int AHEAD_PIECES = 2;
    /** Who has waited for so long is helped by a second peer. */
    private static final long PATIENCE = 1_500_000_000L;

    private final Loop loop;
    private final List<Reader> readers = new ArrayList<>();
    private Opened opened = new Opened(null, 0);
    /** Why there is nothing to wait for. */
    private @Nullable String stopped;

    /** The content while it is open. */
    private record Opened(@Nullable Swarm swarm, int pieces) {}

    Readers(Loop loop) {
        this.loop = loop;
    }

    CompletionStage<ContentReader> open(Info info, int file) {
        if (readers.size() >= MOST) {
            return CompletableFuture.failedStage(new StorageException(
                    StorageException.Trouble.EXHAUSTED,
                    "it is read by " + MOST + " already",
                    "close some of them and try again"));
        }
        var reader = new Reader(info.layout().pieceLength(), info.files().get(file));
        readers.add(reader);
        return CompletableFuture.completedStage(reader);
    }

    // ---- what happens to the transfer

    /** It is at work, and its content open. */
    void open(Swarm swarm, int pieces) {
        opened = new Opened(swarm, pieces);
        changed();
    }

    /** It stops, perhaps to begin anew; its content is about to be closed. */
    void close() {
        opened = new Opened(null, 0);
    }

    void verified(int piece) {
        for (var reader : List.copyOf(readers)) {
            if (reader.awaited() == piece) {
                reader.proceed();
            }
        }
    }

    /** About once a second. */
    void tick() {
        var swarm = opened.swarm;
        if (swarm != null && !readers.isEmpty()) {
            List.copyOf(readers).forEach(Reader::proceed);
            swarm.setDue(readers.stream()
                    .filter(Reader::isLate)
                    .mapToInt(Reader::awaited)
                    .findFirst()
                    .orElse(-1));
        }
    }

    void on(TransferState state) {
        stopped = reason(state);
        if (stopped != null) {
            for (var reader : List.copyOf(readers)) {
                reader.fail(stopped);
            }
        }
    }

    private static @Nullable String reason(TransferState state) {
        if (state instanceof TransferState.Paused) {
            return "the transfer is paused: resume it to read what is still to come";
        }
        return state instanceof TransferState.Failed failed ? failed.reason() : null;
    }

    /** The transfer is removed. */
    void end() {
        for (var reader : List.copyOf(readers)) {
            reader.fail("the transfer is removed");
        }
        readers.clear();
    }

    private void changed() {
        var swarm = opened.swarm;
        if (swarm == null) {
            return;
        }
        var urgent = new Bitfield(opened.pieces);
        readers.forEach(reader -> reader.markUrgent(urgent));
        swarm.setUrgent(urgent);
        List.copyOf(readers).forEach(Reader::proceed);
    }

    /** One read at a time; what comes in is posted to the loop. */
    private final class Reader implements ContentReader {
        private final FileEntry file;
        private final int pieceLength;
        private long position;
        private @Nullable Read waiting;
        private boolean reading;
        private boolean closed;

        private record Read(ByteBuffer into, CompletableFuture<Integer> answer, long since) {}

        Reader(int pieceLength, FileEntry file) {
            this.pieceLength = pieceLength;
            this.file = file;
        }

        @Override
        public long length() {
            return file.length();
        }

        @Override
        public CompletableFuture<Integer> read(long offset, ByteBuffer into) {
            if (offset < 0) {
                throw new IllegalArgumentException("an offset of " + offset + " lies before the file");
            }
            var answer = new CompletableFuture<Integer>();
            if (offset >= file.length() || !into.hasRemaining()) {
                answer.complete(0);
                return answer;
            }
            loop.execute(() -> begin(offset, new Read(into, answer, loop.nanoTime())));
            return answer;
        }

        private void begin(long offset, Read read) {
            if (closed || reading || waiting != null) {
                read.answer.completeExceptionally(
                        new IOException(closed ? "it is closed" : "another read of the same reader is under way"));
                return;
            }
            waiting = read;
            boolean moved = pieceAt(position) != pieceAt(offset);
            position = offset;
            if (moved || position == 0) {
                changed();
            } else {
                proceed();
            }
        }

        private int pieceAt(long offset) {
            return (int) ((file.offset() + offset) / pieceLength);
        }

        private int awaited() {
            return waiting == null ? -1 : pieceAt(position);
        }

        private boolean isLate() {
            return waiting != null && loop.nanoTime() - waiting.since > PATIENCE;
        }

        private void markUrgent(Bitfield urgent) {
            int from = pieceAt(position);
            long ahead = Math.max(AHEAD_BYTES, (long) AHEAD_PIECES * pieceLength);
            int to = Math.max(from, pieceAt(Math.min(file.length(), position + ahead) - 1));
            for (int piece = from; piece <= to && piece < urgent.size(); piece++) {
                urgent.set(piece);
            }
        }

        private void proceed() {
            var swarm = opened.swarm;
            var read = waiting;
            if (read == null) {
                return;
            }
            if (swarm == null) {
                if (stopped != null) {
                    fail(stopped);
                }
                return;
            }
            int length = available(swarm, read.into.remaining());
            if (length == 0) {
                if (!swarm.isWanted(pieceAt(position))) {
                    fail("the file is not selected: select it to read what is still to come");
                }
                return;
            }
            waiting = null;
            reading = true;
            swarm.read(file.offset() + position, length, new Swarm.ReadResult() {
                @Override
                public void onRead(ByteBuffer bytes) {
                    reading = false;
                    int count = bytes.remaining();
                    read.into.put(bytes);
                    read.answer.complete(count);
                }

                @Override
                public void onFailed(IOException cause) {
                    reading = false;
                    read.answer.completeExceptionally(cause);
                }
            });
        }

        /** Bytes from the position on whose pieces are verified. */
        private int available(Swarm swarm, int most) {
            long end = Math.min(file.length(), position + most);
            long reach = position;
            for (int piece = pieceAt(position); reach < end && swarm.has(piece); piece++) {
                reach = (long) (piece + 1) * pieceLength - file.offset();
            }
            return (int) (Math.min(reach, end) - position);
        }

        private void fail(String reason) {
            var read = waiting;
            waiting = null;
            if (read != null) {
                read.answer.completeExceptionally(new IOException(reason));
            }
        }

        @Override
        public void close() {
            loop.execute(() -> {
                closed = true;
                fail("it is closed");
                if (readers.remove(this)) {
                    changed();
                }
            });
        }
    }
}
