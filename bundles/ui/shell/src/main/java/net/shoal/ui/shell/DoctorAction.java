package net.shoal.ui.shell;

import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import net.shoal.api.transfer.TransferState;
import net.shoal.base.command.Reply;
import net.shoal.base.model.AddressText;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/** {@code doctor}: what works and what does not here. Fails if something does not work at all. */
final class DoctorAction implements Action {
    private final Services services;

    DoctorAction(Services services) {
        this.services = services;
    }

    @Override
    public void run(Call call) throws CommandException {
        java(call);
        listening(call);
        transfers(call);
        boolean sound = true;
        for (var named : services.healthChecks().list()) {
            sound &= report(named, call);
        }
        if (!sound) {
            throw new CommandException("failed", "something does not work", "the lines above say what to do");
        }
    }

    private static void java(Call call) {
        say(
                call,
                "ok",
                "java",
                "Java " + System.getProperty("java.version") + " of " + System.getProperty("java.vendor"),
                "");
    }

    private void listening(Call call) {
        var where = services.frontDoor().addresses().stream()
                .map(AddressText::hostPort)
                .collect(Collectors.joining(", "));
        say(
                call,
                "ok",
                "listening",
                "peers reach this node at " + where + ", network scope "
                        + services.network().scope().name().toLowerCase(java.util.Locale.ROOT),
                "");
    }

    private void transfers(Call call) {
        var all = services.engine().list();
        say(call, "ok", "transfers", all.size() == 1 ? "1 transfer" : all.size() + " transfers", "");
        for (var transfer : all) {
            var status = transfer.status();
            if (status.state() instanceof TransferState.Failed failed) {
                say(call, "warn", "transfers", status.name() + ": " + failed.reason(), failed.hint());
            }
        }
    }

    /** @return false if it found something that does not work */
    private static boolean report(HealthChecks.Named named, Call call) {
        Result result;
        try {
            result = named.check().execute();
        } catch (RuntimeException e) {
            say(call, "bad", named.name(), "the check itself failed: " + e, "see the log");
            return false;
        }
        for (ResultLog.Entry entry : result) {
            if (!entry.isDebug()) {
                say(call, word(entry.getStatus()), named.name(), entry.getMessage(), "");
            }
        }
        return !word(result.getStatus()).equals("bad");
    }

    private static String word(Result.Status status) {
        return switch (status) {
            case OK -> "ok";
            case WARN, TEMPORARILY_UNAVAILABLE -> "warn";
            case CRITICAL, HEALTH_CHECK_ERROR -> "bad";
        };
    }

    private static void say(Call call, String status, String check, String message, String hint) {
        var row = new LinkedHashMap<String, Object>();
        row.put("check", check);
        row.put("status", status);
        row.put("message", message);
        row.put("hint", hint);
        call.reply(new Reply.Result(row));
    }
}
