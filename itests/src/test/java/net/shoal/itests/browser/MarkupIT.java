package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What strangers write is shown as they wrote it, and nothing of it runs: as a name, an error of a tracker, a client and a path (S11). */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MarkupIT {
    @TempDir
    Path work;

    @Test
    void ofAHundredPayloadsNoneRuns() throws IOException {
        var payloads = new String(FakeNode.canned("payloads.txt"), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(payloads).hasSize(100).doesNotHaveDuplicates();
        var transfers = FakeTransfers.of(0);
        payloads.forEach(payload -> transfers.add(payload).put("path", "/tmp/" + payload));
        transfers.decorate(details -> write(details, payloads));
        try (var node = new FakeNode(ConsoleFiles.unpack(work.resolve("www")), transfers, 0);
                var browser = Browser.wide(work)) {
            browser.open(node.address());
            browser.find(".row .name");
            browser.run("window.alert = window.confirm = window.prompt = () => (window.ran = 'a dialog')");
            for (int i = 0; i < payloads.size(); i += 8) {
                browser.run("scrollTo(0, arguments[0])", i * 68);
                browser.until("drawn", () -> browser.count("shoal-rows [role=row]") > 5);
            }
            var row = transfers.ids().get(0);
            for (var tab : List.of("overview", "files", "connections", "finding", "options")) {
                browser.go("#/transfer/" + row + "/" + tab);
                browser.find(".tabs [aria-current]");
                browser.until(tab, () -> !browser.has("main .spinner"));
                assertNothingRan(browser, tab);
            }
            assertThat(browser.text("main")).contains(payloads.get(0));
            for (int i = 0; i < payloads.size(); i += 25) {
                browser.go("#/transfer/" + transfers.ids().get(i) + "/overview");
                browser.find("h1", payloads.get(i).strip().substring(0, 5));
                assertNothingRan(browser, payloads.get(i));
            }
            assertThat(browser.count("script")).as("scripts in the page").isEqualTo(2);
            assertThat(browser.complaints()).as("of the policy").isEmpty();
        }
    }

    private static void assertNothingRan(Browser browser, String where) {
        assertThat(browser.run("return window.ran || null")).as(where).isNull();
        assertThat(
                        browser.count(
                                "main script, main iframe, main object, main embed, main img:not(.icon), main marquee, main style, main [onerror], main [onload], main a[href^='javascript']"))
                .as(where)
                .isZero();
    }

    private static void write(ObjectNode details, List<String> payloads) {
        var files = details.putArray("files");
        var peers = details.putArray("peers");
        var discovery = details.putArray("discovery");
        for (int i = 0; i < payloads.size(); i++) {
            var payload = payloads.get(i);
            files.addObject()
                    .put("index", i)
                    .put("path", payload.replace("//", "/ /"))
                    .put("onDisk", payload)
                    .put("size", 1000)
                    .put("done", 10)
                    .put("priority", "normal")
                    .putNull("content")
                    .putNull("media");
            peers.addObject()
                    .put("address", payload)
                    .put("client", payload)
                    .put("transport", payload)
                    .put("security", payload)
                    .put("encrypted", false)
                    .put("inbound", true)
                    .put("have", 0.5)
                    .put("down", 1)
                    .put("up", 1)
                    .put("downloaded", 1)
                    .put("uploaded", 1)
                    .put("flags", payload);
            discovery
                    .addObject()
                    .put("by", payload)
                    .put("source", payload)
                    .put("message", payload)
                    .put("next", payload);
        }
        var obstacles = details.putArray("obstacles");
        obstacles
                .addObject()
                .put("cause", payloads.get(0))
                .put("message", payloads.get(1))
                .putNull("value");
        details.putArray("sources")
                .addObject()
                .put("kind", payloads.get(2))
                .put("count", 1)
                .put("down", 5);
    }
}
