package net.shoal.engine.transfer;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import net.shoal.api.transfer.PieceStore;
import net.shoal.base.metainfo.Info;

/** Looks now and then at some of the files of a transfer, in turn, whether somebody else has changed them. On its loop. */
final class ContentWatch {
    private static final int SECONDS = 10;
    private static final int FILES = 64;

    private final Info info;
    private final PieceStore store;
    private final Supplier<List<FileMark>> marks;
    private final Executor disk;
    private int elapsed;
    private int next;

    /** @param marks as they are to be; from any thread */
    ContentWatch(Info info, PieceStore store, Supplier<List<FileMark>> marks, Executor disk) {
        this.info = info;
        this.store = store;
        this.marks = marks;
        this.disk = disk;
    }

    /**
     * Every few seconds at least.
     *
     * @param finished we do not write any more; while we do it is only seen if a file is gone or has become shorter
     * @param changed runs on a disk thread
     */
    void tick(int secondsSinceLast, boolean finished, Runnable changed) {
        int count = info.files().size();
        elapsed += secondsSinceLast;
        if (elapsed < SECONDS || count == 0) {
            return;
        }
        elapsed = 0;
        int from = next;
        next = (from + Math.min(FILES, count)) % count;
        try {
            disk.execute(() -> {
                for (int i = 0; i < Math.min(FILES, count); i++) {
                    if (isChanged((from + i) % count, finished)) {
                        changed.run();
                        return;
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            // the node is stopping
        }
    }

    private boolean isChanged(int file, boolean finished) {
        var then = marks.get().get(file);
        var now = FileMark.of(info, store, file);
        return finished ? !now.equals(then) : now.size() < then.size();
    }
}
