package net.shoal.ui.shell;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.Reply;

/**
 * One command under way.
 *
 * @param cwd absolute; what relative paths are meant from
 * @param input what the caller has read from its user, if it was to
 * @param out where replies go; does nothing once the caller is gone
 * @param detached done when the caller no longer listens: what was begun goes on, what only shows something ends
 */
record Call(
        Invocation invocation,
        Path cwd,
        Optional<String> input,
        Consumer<Reply> out,
        CompletableFuture<Void> detached) {
    void reply(Reply reply) {
        out.accept(reply);
    }

    boolean isDetached() {
        return detached.isDone();
    }

    Path path(String text) {
        return cwd.resolve(text).normalize();
    }
}
