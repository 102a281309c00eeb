package net.shoal.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.shoal.base.command.CommandLine;
import net.shoal.base.command.Help;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;
import net.shoal.base.command.UsageException;
import net.shoal.base.command.View;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;

/** One word in the shell. Runs on the shell's thread; Ctrl-C interrupts it, and what was begun goes on. */
final class GogoWord implements Function {
    private final String name;
    private final Executable commands;

    GogoWord(String name, Executable commands) {
        this.name = name;
        this.commands = commands;
    }

    @Override
    public @Nullable Object execute(CommandSession session, List<Object> arguments) throws InterruptedException {
        var args = new ArrayList<String>();
        args.add(name);
        arguments.forEach(argument -> args.add(String.valueOf(argument)));
        var parsed = parse(args, session);
        if (parsed.isPresent()) {
            run(args, parsed.get(), session);
        }
        return null;
    }

    /** Nothing if there is nothing to carry out: help was asked for, or the words were wrong. */
    private static Optional<Invocation> parse(List<String> args, CommandSession session) {
        var console = session.getConsole();
        try {
            var invocation = CommandLine.parse(args);
            if (invocation.has("--help")) {
                console.print(
                        Help.word(invocation.word(), GogoShell.terminal(session).width()));
                return Optional.empty();
            }
            return Optional.of(invocation);
        } catch (UsageException e) {
            console.println(e.getMessage());
            console.println(e.usage());
            return Optional.empty();
        }
    }

    private void run(List<String> args, Invocation invocation, CommandSession session) throws InterruptedException {
        var console = session.getConsole();
        var view = new View(
                invocation.word(),
                View.Mode.of(invocation),
                GogoShell.terminal(session),
                console,
                console,
                System::nanoTime);
        var detached = new CompletableFuture<Void>();
        try {
            var request =
                    new Request(args, session.currentDir().toAbsolutePath().toString());
            // as a client of the socket gets it: without what only Java knows, such as an Optional
            commands.execute(request, reply -> view.show(Reply.ofLine(reply.toLine())), detached);
        } finally {
            detached.complete(null);
            view.endBar();
        }
    }
}
