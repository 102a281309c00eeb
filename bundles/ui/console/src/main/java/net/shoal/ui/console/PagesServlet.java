package net.shoal.ui.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import net.shoal.api.console.ContentPolicy;
import org.osgi.service.component.annotations.Component;

/** Hands out the files of the console; whatever no other servlet has a claim to is asked of this one. The door lets nobody in without a session. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.pattern=/", "osgi.http.whiteboard.servlet.name=console"})
public final class PagesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Pages pages = new Pages();

    @Override
    protected void doGet(HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        var found = pages.find(path(asked));
        if (found.isEmpty()) {
            answer.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var page = found.get();
        answer.setHeader(ContentPolicy.HEADER, page.policy);
        answer.setHeader("Vary", "Accept-Encoding");
        // kept, and asked about each time: a new version of the node has new pages
        answer.setHeader("Cache-Control", "no-cache");
        answer.setHeader("ETag", page.tag);
        if (page.tag.equals(asked.getHeader("If-None-Match"))) {
            answer.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        send(page, takesGzip(asked), answer);
    }

    private static void send(Page page, boolean small, HttpServletResponse answer) throws IOException {
        answer.setContentType(page.type);
        if (small) {
            answer.setHeader("Content-Encoding", "gzip");
        }
        answer.setContentLength(page.length(small));
        page.write(small, answer.getOutputStream());
    }

    private static boolean takesGzip(HttpServletRequest asked) {
        return Optional.ofNullable(asked.getHeader("Accept-Encoding"))
                .filter(codings -> codings.contains("gzip"))
                .isPresent();
    }

    private static String path(HttpServletRequest asked) {
        return Optional.ofNullable(asked.getServletPath()).orElse("")
                + Optional.ofNullable(asked.getPathInfo()).orElse("");
    }
}
