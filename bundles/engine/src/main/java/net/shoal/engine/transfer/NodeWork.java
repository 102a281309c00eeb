package net.shoal.engine.transfer;

import net.shoal.engine.disk.DiskPool;
import net.shoal.engine.disk.Turnstile;
import net.shoal.engine.queue.TransferQueue;
import net.shoal.engine.source.SameFiles;
import net.shoal.engine.wire.EventLoopLoop;
import net.shoal.engine.wire.PooledBuffers;

/** What the transfers of a node take turns at, or know of each other. */
final class NodeWork implements AutoCloseable {
    /** Two at once would only send the heads of a disk to and fro; one hashes on several threads. */
    private static final int CHECKS_AT_ONCE = 1;

    final TransferQueue queue;
    final Turnstile checks = new Turnstile(CHECKS_AT_ONCE);
    /** Moves files, one transfer after the other: apart from the disk pool, which would be short of a thread for as long as that takes. */
    final DiskPool mover = new DiskPool(1);

    final SameFiles sameFiles = new SameFiles();
    final PooledBuffers buffers = new PooledBuffers();

    NodeWork(EngineParts parts) {
        queue = new TransferQueue(
                new EventLoopLoop(parts.loops().next()),
                () -> parts.settings().get().queue());
    }

    @Override
    public void close() {
        queue.close();
        mover.close();
        buffers.close();
    }
}
