package net.shoal.automation.command;

import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Is there a command for what is complete, and does it do its work? */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=completion-command", HealthCheck.TAGS + "=shoal"})
public final class CommandCheck implements HealthCheck {
    private final CompletionCommand command;

    @Activate
    public CommandCheck(@Reference CompletionCommand command) {
        this.command = command;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        command.problem().ifPresent(problem -> log.warn("{}.", problem));
        command.template()
                .ifPresent(template -> log.info(
                        "{} is run for what is complete, so far {} times.",
                        template.words().get(0),
                        command.runs().count()));
        command.runs().lastFailure().ifPresent(failure -> log.warn("{} (the log tells more).", failure));
        if (command.problem().isEmpty() && command.template().isEmpty()) {
            log.info("No command is run for what is complete ({}:onCompletion sets one).", CommandConfig.PID);
        }
        return new Result(log);
    }
}
