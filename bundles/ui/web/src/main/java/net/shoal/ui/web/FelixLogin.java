package net.shoal.ui.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;

/** Whom the door let pass may use the Felix Web Console; nobody else, should the door be gone. */
final class FelixLogin implements SecurityProvider {
    static final String ID = "net.shoal";

    @Override
    public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(Gate.SIGNED_IN) != null) {
            return ID;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        return null;
    }

    @Override
    public boolean authorize(Object user, String role) {
        return true;
    }

    /** One signs out in our console. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Location", "/");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    }
}
