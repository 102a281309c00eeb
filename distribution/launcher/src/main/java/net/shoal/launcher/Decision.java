package net.shoal.launcher;

import java.util.Optional;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.UsageException;
import net.shoal.base.command.Vocabulary;

/** Where a command is carried out. */
sealed interface Decision {
    /** Without a node. */
    record Here() implements Decision {}

    /** This process becomes the node. */
    record Foreground() implements Decision {}

    record AskRunning(RunningNode node) implements Decision {}

    /** By a node of its own, in this process. */
    record Temporary() implements Decision {}

    /** There is no node that could. */
    record NoNode() implements Decision {}

    /** @throws UsageException if options of a node are given to one that runs already */
    static Decision of(Invocation invocation, Optional<RunningNode> running) throws UsageException {
        return switch (invocation.word().runs()) {
            case HERE -> new Here();
            case AS_NODE -> new Foreground();
            case IN_NODE -> running.<Decision>map(AskRunning::new).orElseGet(NoNode::new);
            case IN_ANY_NODE -> running.isPresent() ? ask(invocation, running.get()) : new Temporary();
        };
    }

    private static Decision ask(Invocation invocation, RunningNode node) throws UsageException {
        for (var option : invocation.optionNames()) {
            if (Vocabulary.isOfANode(option)) {
                throw new UsageException(
                        option + " is an option of a node, and one runs already (process " + node.pid()
                                + "); stop it first, or choose another home with --home",
                        Optional.of(invocation.word()));
            }
        }
        return new AskRunning(node);
    }
}
