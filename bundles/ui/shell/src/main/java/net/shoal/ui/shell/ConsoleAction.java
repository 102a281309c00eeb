package net.shoal.ui.shell;

import java.util.LinkedHashMap;
import java.util.Optional;
import net.shoal.base.command.Reply;

/** {@code console}: a link that signs in, another password, or an end of all sessions. */
final class ConsoleAction implements Action {
    private final ConsoleNow now;

    ConsoleAction(ConsoleNow now) {
        this.now = now;
    }

    @Override
    public void run(Call call) throws CommandException {
        var console = now.get()
                .orElseThrow(() -> new CommandException(
                        "failed",
                        "the web console is not open",
                        "`doctor` or the log may say why; was it started with --console off?"));
        var row = new LinkedHashMap<String, Object>();
        boolean signOut = call.invocation().has("--sign-out");
        if (call.invocation().has("--password")) {
            var given = call.input()
                    .orElseThrow(() -> new CommandException(
                            "failed",
                            "there is nobody to ask for the password",
                            "use `shoal console --password` outside of the shell"));
            console.setPassword(given.isEmpty() ? Optional.empty() : Optional.of(given));
            row.put("password", given.isEmpty() ? "removed" : "set");
        } else if (!signOut) {
            row.put("url", console.loginUrl().toString());
        }
        if (signOut) {
            console.signOut(Optional.empty());
            row.put("signed_out", true);
        }
        call.reply(new Reply.Result(row));
    }
}
