package net.shoal.itests.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody is sent a link to is looked at first: what it is comes at once, and nothing of it before they say so. */
class LookIT {
    private static final int SECONDS = 60;
    private static final int LENGTH = 300_000;

    @TempDir
    Path folder;

    @Test
    void aLinkIsLookedAtChosenFromAndKeptInTheHistory() throws Exception {
        var shared = Files.createDirectories(folder.resolve("letters"));
        for (var name : List.of("a.bin", "b.bin")) {
            var bytes = new byte[LENGTH];
            new Random(name.hashCode()).nextBytes(bytes);
            Files.write(shared.resolve(name), bytes);
        }
        try (var sender = ConsoleNode.start(folder.resolve("sender"), "--serve-tracker", "127.0.0.1:0")) {
            var link = sender.node()
                    .control()
                    .results("share", shared.toString())
                    .get(0)
                    .path("link")
                    .asText();
            assertThat(link).startsWith("magnet:");
            String id;
            try (var receiver = ConsoleNode.start(folder.resolve("receiver"))) {
                var browser = receiver.browser();
                id = look(browser, link);
                assertThat(folder.resolve("receiver/downloads/letters")).doesNotExist();
                var files = Browser.json(browser.get("/api/v1/transfers/" + id)).path("files");
                assertThat(files).hasSize(2);
                Browser.json(browser.change(
                        "PATCH",
                        "/api/v1/transfers/" + id,
                        Map.of("priorities", Map.of(files.get(1).path("index").asText(), "skip"), "paused", false)));
                Running.await(
                        "what was chosen",
                        SECONDS,
                        () -> row(browser, id).path("done").asLong() == LENGTH);
                var fetched = folder.resolve("receiver/downloads/letters");
                Running.await("it is written", SECONDS, () -> Files.exists(fetched.resolve("a.bin")));
                assertThat(fetched.resolve("a.bin")).hasSameBinaryContentAs(shared.resolve("a.bin"));
                assertThat(row(browser, id).path("done").asLong()).isEqualTo(LENGTH);
                browser.change("DELETE", "/api/v1/transfers/" + id);
                Running.await("the history", SECONDS, () -> events(browser, id).size() == 3);
                assertThat(events(browser, id)).containsExactly("removed", "completed", "added");
                pages(browser);
            }
            try (var receiver = ConsoleNode.start(folder.resolve("receiver"))) {
                var browser = receiver.browser();
                assertThat(events(browser, id))
                        .as("it outlives the node")
                        .containsExactly("removed", "completed", "added");
                assertThat(browser.change("DELETE", "/api/v1/history").statusCode())
                        .isEqualTo(204);
                assertThat(Browser.json(browser.get("/api/v1/history")).path("entries"))
                        .isEmpty();
            }
        }
    }

    /** Gives its id, once it waits for a choice. */
    private static String look(Browser browser, String link) throws Exception {
        var added = Browser.json(browser.change("POST", "/api/v1/transfers", Map.of("link", link, "look", true)));
        var id = added.path("id").asText();
        Running.await(
                "what it is",
                SECONDS,
                () -> row(browser, id).path("why").asText().equals("choice"));
        var row = row(browser, id);
        assertThat(row.path("state").asText()).isEqualTo("paused");
        assertThat(row.path("name").asText()).isEqualTo("letters");
        assertThat(row.path("size").asLong()).isEqualTo(2L * LENGTH);
        assertThat(row.path("done").asLong())
                .as("nothing moves before somebody says so")
                .isZero();
        return id;
    }

    private static JsonNode row(Browser browser, String id) throws Exception {
        for (var row : Browser.json(browser.get("/api/v1/transfers")).path("transfers")) {
            if (row.path("id").asText().equals(id)) {
                return row;
            }
        }
        return Browser.JSON.missingNode();
    }

    /** The latest first. */
    private static List<String> events(Browser browser, String id) throws Exception {
        var events = new ArrayList<String>();
        for (var entry : Browser.json(browser.get("/api/v1/history")).path("entries")) {
            if (entry.path("id").asText().equals(id)) {
                events.add(entry.path("event").asText());
            }
        }
        return events;
    }

    private static void pages(Browser browser) throws Exception {
        var first = Browser.json(browser.get("/api/v1/history?limit=2"));
        assertThat(first.path("entries")).hasSize(2);
        assertThat(first.path("more").asBoolean()).isTrue();
        var before = first.path("entries").get(1).path("at").asLong();
        var rest = Browser.json(browser.get("/api/v1/history?limit=2&before=" + before));
        assertThat(rest.path("entries")).hasSize(1);
        assertThat(rest.path("more").asBoolean()).isFalse();
    }
}
