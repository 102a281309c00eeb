package net.shoal.ui.web;

import java.net.InetAddress;
import net.shoal.api.console.Logins;

/** The same password, back-off and sessions as the console's, for others. */
record PasswordLogins(Sessions sessions, Password password) implements Logins {
    @Override
    public boolean hasPassword() {
        return password.isSet();
    }

    @Override
    public Answer check(InetAddress from, String given) {
        return password.check(from, given);
    }

    @Override
    public String open() {
        return sessions.open();
    }

    @Override
    public boolean isOpen(String session) {
        return sessions.use(session).isPresent();
    }

    @Override
    public void close(String session) {
        sessions.close(session);
    }
}
