package net.shoal.ui.rpc.qbittorrent;

import net.shoal.api.console.Logins;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;

/** Can programs sign in? */
record PasswordCheck(Logins logins) implements HealthCheck {
    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        if (logins.hasPassword()) {
            log.info("Programs may use this node as they do qBittorrent, with the console's password.");
        } else {
            log.warn("Programs are to use this node as they do qBittorrent, but none can sign in: it has no password."
                    + " `bin/shoal console --password` sets one.");
        }
        return new Result(log);
    }
}
