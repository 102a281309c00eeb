package net.shoal.automation.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.shoal.api.node.Home;
import net.shoal.api.transfer.TransferEvent;
import net.shoal.api.transfer.TransferListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the user's command for each download that is complete. Not in a temporary node: whoever waits for its end can go on from there. */
@Component(
        service = {TransferListener.class, CompletionCommand.class},
        immediate = true,
        configurationPid = CommandConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CommandConfig.class)
public final class CompletionCommand implements TransferListener {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionCommand.class);

    private final boolean isTemporary;
    private final CommandRuns runs;
    private volatile Live live;

    /** The settings in force. */
    private record Live(Optional<CommandTemplate> template, Optional<String> problem, Duration timeout) {
        static Live of(CommandConfig config) {
            // Declarative Services gives null for an empty default
            var words = Optional.ofNullable(config.onCompletion()).map(List::of).orElse(List.of());
            var timeout = Duration.ofSeconds(Math.max(1, config.timeout()));
            if (words.isEmpty()) {
                return new Live(Optional.empty(), Optional.empty(), timeout);
            }
            try {
                return new Live(Optional.of(CommandTemplate.of(words)), Optional.empty(), timeout);
            } catch (IllegalArgumentException e) {
                var problem = CommandConfig.PID + ":onCompletion: " + e.getMessage();
                LOG.warn("{}", problem);
                return new Live(Optional.empty(), Optional.of(problem), timeout);
            }
        }
    }

    @Activate
    public CompletionCommand(@Reference Home home, CommandConfig config) {
        isTemporary = home.isTemporary();
        runs = new CommandRuns(home.state("command"), Math.max(1, config.atOnce()));
        live = Live.of(config);
    }

    @Modified
    void modified(CommandConfig config) {
        runs.atOnce(Math.max(1, config.atOnce()));
        live = Live.of(config);
    }

    @Override
    public void on(TransferEvent event) {
        var now = live;
        if (event instanceof TransferEvent.Completed
                && !isTemporary
                && now.template().isPresent()) {
            var done = Completion.of(event.transfer().status());
            var unused = runs.begin(now.template().get().fill(done), now.timeout(), done.label());
        }
    }

    Optional<String> problem() {
        return live.problem();
    }

    Optional<CommandTemplate> template() {
        return live.template();
    }

    CommandRuns runs() {
        return runs;
    }

    @Deactivate
    void close() throws InterruptedException {
        runs.close();
    }
}
