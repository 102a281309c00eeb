package net.shoal.ui.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.shoal.api.transfer.ContentReader;
import net.shoal.api.transfer.ContentReading;
import net.shoal.api.transfer.Transfer;
import net.shoal.api.transfer.TransferDetails.FileStatus;
import net.shoal.api.transfer.TransferState;

/** Copies what lies in files of transfers, a buffer at a time, as fast as who reads it takes it. */
final class ContentBytes {
    private static final int BUFFER = 256 * 1024;
    /** How long a part may take to come, before who asks for it is told that it does not. */
    private static final long PATIENCE_SECONDS = 120;

    private final ContentReading reading;

    ContentBytes(ContentReading reading) {
        this.reading = reading;
    }

    static boolean isWhole(FileStatus file) {
        return file.done() >= file.length();
    }

    /** Waits for what is not there yet. */
    void copy(Transfer transfer, FileStatus file, ByteRange range, OutputStream out)
            throws ApiException, IOException, InterruptedException {
        if (range.length() <= 0) {
            return;
        }
        if (isWhole(file) && transfer.status().state() instanceof TransferState.Paused) {
            copyFromDisk(file, range, out);
            return;
        }
        try (var reader = Waiting.briefly(reading.open(transfer, file.index()))) {
            var buffer = ByteBuffer.allocate(BUFFER);
            for (long at = range.first(); at <= range.last(); ) {
                buffer.clear().limit((int) Math.min(BUFFER, range.last() - at + 1));
                int read = read(reader, at, buffer);
                if (read == 0) {
                    throw new IOException("the file ended early");
                }
                out.write(buffer.array(), 0, read);
                at += read;
            }
        }
    }

    private static int read(ContentReader reader, long at, ByteBuffer buffer)
            throws ApiException, InterruptedException {
        try {
            return reader.read(at, buffer).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException e) {
            throw Waiting.failure(e);
        } catch (TimeoutException e) {
            throw ApiException.of(503, "timeout", "nobody sends this part of it just now", "try again later");
        }
    }

    /** What is paused is read by nobody else. */
    private static void copyFromDisk(FileStatus file, ByteRange range, OutputStream out)
            throws ApiException, IOException {
        try (var channel = FileChannel.open(file.onDisk())) {
            var buffer = ByteBuffer.allocate(BUFFER);
            for (long at = range.first(); at <= range.last(); ) {
                buffer.clear().limit((int) Math.min(BUFFER, range.last() - at + 1));
                int read = channel.read(buffer, at);
                if (read <= 0) {
                    throw ApiException.conflict("the file on disk is shorter than it was", "check it again");
                }
                out.write(buffer.array(), 0, read);
                at += read;
            }
        }
    }
}
