package net.shoal.ui.shell;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.shoal.base.command.CommandLine;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.Reply;
import net.shoal.base.command.Request;
import net.shoal.base.command.UsageException;
import net.shoal.base.command.Vocabulary;
import net.shoal.base.command.Word.Runs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each word does. To add one, see {@link net.shoal.base.command.Word}. */
final class Actions {
    private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private final Map<String, Action> byWord;
    private final Runnable stop;

    Actions(Services services) {
        stop = services.stop();
        var lookup = new Lookup(services.engine());
        var listing = new ListingActions(services.engine(), lookup);
        var managing = new ManageActions(services.engine(), lookup);
        var config = new ConfigActions(services.settings());
        byWord = new HashMap<>(Map.ofEntries(
                Map.entry(Vocabulary.SHARE, new ShareAction(services)),
                Map.entry(Vocabulary.GET, new GetAction(services)),
                Map.entry(Vocabulary.LS, listing::ls),
                Map.entry(Vocabulary.SHOW, listing::show),
                Map.entry(Vocabulary.PEERS, listing::peers),
                Map.entry(Vocabulary.PAUSE, managing::pause),
                Map.entry(Vocabulary.RESUME, managing::resume),
                Map.entry(Vocabulary.RECHECK, managing::recheck),
                Map.entry(Vocabulary.CANCEL, managing::cancel),
                Map.entry(Vocabulary.MOVE, managing::move),
                Map.entry(Vocabulary.RENAME, managing::rename),
                Map.entry(Vocabulary.SET, new SetAction(services.network(), lookup)),
                Map.entry(Vocabulary.CONFIG_LS, config::ls),
                Map.entry(Vocabulary.CONFIG_GET, config::get),
                Map.entry(Vocabulary.CONFIG_SET, config::set),
                Map.entry(Vocabulary.CONSOLE, new ConsoleAction(services.console())),
                Map.entry(Vocabulary.DOCTOR, new DoctorAction(services)),
                Map.entry(Vocabulary.EVENTS, new EventsAction(services.news())),
                Map.entry(Vocabulary.STOP, call -> {})));
        byWord.putAll(new PluginActions(services.plugins()).byWord());
    }

    /** Carries one command out, from its words to its {@code exit}. A node that is to stop does so after that: it closes what replies go by. */
    int execute(Request request, Consumer<Reply> out, CompletableFuture<Void> detached) throws InterruptedException {
        int status = FAILED;
        boolean stops = false;
        try {
            var invocation = CommandLine.parse(request.args());
            stops = invocation.word().name().equals(Vocabulary.STOP);
            action(invocation).run(new Call(invocation, Paths.cwd(request.cwd()), request.input(), out, detached));
            status = 0;
        } catch (UsageException e) {
            out.accept(new Reply.Failure("usage", e.getMessage(), e.usage()));
            status = WRONG;
        } catch (CommandException e) {
            out.accept(e.reply());
        } catch (IllegalArgumentException e) {
            out.accept(new Reply.Failure("wrong", String.valueOf(e.getMessage()), ""));
        } catch (RuntimeException e) {
            LOG.error("The command {} failed for a reason of our own", request.args(), e);
            out.accept(new Reply.Failure("bug", "this is a mistake in Shoal: " + e, "please report it, with the log"));
        }
        out.accept(new Reply.Exit(status));
        if (stops && status == 0) {
            stop.run();
        }
        return status;
    }

    private Action action(Invocation invocation) throws UsageException {
        var word = invocation.word();
        var action = byWord.get(word.name());
        if (action == null || word.runs() == Runs.HERE || word.runs() == Runs.AS_NODE) {
            throw new UsageException("`" + word.name() + "` is not for a running node", java.util.Optional.of(word));
        }
        for (var option : invocation.optionNames()) {
            if (Vocabulary.isOfANode(option)) {
                throw new UsageException(
                        option + " is an option of a node; this one runs already", java.util.Optional.of(word));
            }
        }
        return action;
    }
}
