package net.shoal.ui.rpc.qbittorrent;

import java.io.IOException;

/**
 * One thing a program can ask for.
 *
 * @param path below {@code /api/v2/}
 * @param changes something: asked for by POST alone
 */
record Action(String path, boolean changes, Handler handler) {
    /** Carries a request out. Runs on a thread of the web server, and may wait. */
    @FunctionalInterface
    interface Handler {
        Answer handle(Call call) throws ApiException, IOException, InterruptedException;
    }

    static Action read(String path, Handler handler) {
        return new Action(path, false, handler);
    }

    static Action change(String path, Handler handler) {
        return new Action(path, true, handler);
    }
}
