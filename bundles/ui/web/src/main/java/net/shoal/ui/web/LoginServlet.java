package net.shoal.ui.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.shoal.api.console.ContentPolicy;
import net.shoal.api.console.Logins.Answer;

/** Where one signs in: by a one-time token in the URL, or by the password in a form. A page without any script. */
final class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** Of a form with a password. */
    private static final int LONGEST_FORM = 8 * 1024;

    private final transient Sessions sessions;
    private final transient OneTimeTokens tokens;
    private final transient Password password;

    LoginServlet(Sessions sessions, OneTimeTokens tokens, Password password) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.password = password;
    }

    @Override
    protected void doGet(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        if (!asked.getServletPath().equals("/login")) {
            new LoginAssets().write(asked.getServletPath(), answer);
            return;
        }
        var token = asked.getParameter("token");
        if (token == null) {
            show(asked, answer, HttpServletResponse.SC_OK, "");
        } else if (tokens.use(token)) {
            enter(asked, answer);
        } else {
            show(asked, answer, HttpServletResponse.SC_FORBIDDEN, "used");
        }
    }

    @Override
    protected void doPost(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        var length = asked.getContentLengthLong();
        if (length < 0 || length > LONGEST_FORM) {
            show(asked, answer, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "too-long");
            return;
        }
        var given = Optional.ofNullable(asked.getParameter("password")).orElse("");
        var verdict = password.check(InetAddress.getByName(asked.getRemoteAddr()), given);
        if (verdict instanceof Answer.Right) {
            enter(asked, answer);
        } else if (verdict instanceof Answer.Blocked blocked) {
            answer.setHeader("Retry-After", Long.toString(blocked.rest().toSeconds() + 1));
            show(asked, answer, 429, "blocked");
        } else {
            show(asked, answer, HttpServletResponse.SC_FORBIDDEN, "wrong");
        }
    }

    /** By a page that goes on by itself: after a redirect that another site began, browsers would keep our cookie back. */
    private void enter(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        SessionCookie.set(asked, answer, sessions.open());
        page(answer, HttpServletResponse.SC_OK, words(asked).fill(LoginAssets.text("entered.html")));
    }

    private static LoginWords words(HttpServletRequest asked) throws IOException {
        return LoginWords.of(asked.getHeader("Accept-Language"));
    }

    /** @param notice key of what is to be said; empty for nothing */
    private void show(HttpServletRequest asked, HttpServletResponse answer, int status, String notice)
            throws IOException {
        var words = words(asked);
        var form = password.isSet() ? LoginAssets.text("form.html") : LoginAssets.text("no-password.html");
        var said = notice.isEmpty() ? "" : "<p class=\"notice\" role=\"alert\">" + words.html(notice) + "</p>";
        var page =
                LoginAssets.text("login.html").replace("<!-- notice -->", said).replace("<!-- form -->", form);
        page(answer, status, words.fill(page));
    }

    private static void page(HttpServletResponse answer, int status, String html) throws IOException {
        answer.setStatus(status);
        answer.setHeader(ContentPolicy.HEADER, ContentPolicy.page());
        answer.setHeader("Vary", "Accept-Language");
        answer.setContentType("text/html;charset=utf-8");
        answer.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }
}
