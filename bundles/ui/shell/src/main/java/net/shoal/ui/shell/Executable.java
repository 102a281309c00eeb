package net.shoal.ui.shell;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;

/** Commands can be carried out: the node is ready. */
@FunctionalInterface
interface Executable {
    /** @return the exit status, which the last reply has told already */
    int execute(Request request, Consumer<Reply> out, CompletableFuture<Void> detached) throws InterruptedException;
}
