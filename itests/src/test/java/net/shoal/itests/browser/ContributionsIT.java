package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What plugins add to the console: it comes and goes without a reload, and what fails does so in its own place. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ContributionsIT {
    @TempDir
    Path work;

    @Test
    void aPluginsPageAppearsAndGoes() throws IOException {
        try (var node = ConsoleNode.start(work.resolve("a"));
                var browser = Browser.wide(work)) {
            browser.open(node.login());
            browser.find(".welcome");
            browser.run("window.sameDocument = true");
            node.control()
                    .results("plugins", "install", GreetingPlugin.write(work).toString());
            browser.click("nav.side a", "Greeting");
            browser.find("example-greeting", "Hello from a plugin");
            browser.picture("real-plugin-desk");
            node.control().results("plugins", "rm", GreetingPlugin.NAME);
            browser.until("it is gone from where one can go", () -> !browser.text("nav.side")
                    .contains("Greeting"));
            browser.until("its page is gone", () -> !browser.has("example-greeting"));
            assertThat(browser.run("return window.sameDocument")).isEqualTo(true);
        }
    }

    @Test
    void whatFailsSaysSoInItsOwnPlace() throws IOException {
        try (var node = new FakeNode(ConsoleFiles.unpack(work.resolve("www")), FakeTransfers.of(3), 0);
                var browser = Browser.wide(work)) {
            node.serve(
                    "/plugins/good.js",
                    "import {LitElement, html} from 'shoal/kit.js'; customElements.define('x-good', class extends LitElement { render() { return html`<p>all is well</p>`; } });");
            node.serve(
                    "/plugins/made.js",
                    "customElements.define('x-made', class extends HTMLElement { constructor() { super(); throw new Error('not made'); } });");
            node.serve(
                    "/plugins/shown.js",
                    "customElements.define('x-shown', class extends HTMLElement { connectedCallback() { throw new Error('not shown'); } });");
            node.serve(
                    "/plugins/later.js",
                    "customElements.define('x-later', class extends HTMLElement { connectedCallback() { setTimeout(() => { throw new Error('not later'); }, 50); } });");
            node.serve("/plugins/wrong.js", "this is no module");
            node.transfers()
                    .contribute(
                            page("good"), page("made"), page("shown"), page("later"), page("wrong"), page("absent"));
            browser.open(node.address());
            for (var failing : new String[] {"made", "shown", "later", "wrong", "absent"}) {
                browser.click("nav.side a", "Page " + failing);
                browser.find("shoal-contributed .note", "does not work");
            }
            browser.click("nav.side a", "Page good");
            browser.until("it is drawn", () -> String.valueOf(
                            browser.run("return document.querySelector('x-good').shadowRoot.textContent"))
                    .contains("all is well"));
            assertThat(browser.has("shoal-contributed .note")).isFalse();
            browser.click("nav.side a", "Transfers");
            browser.find(".row .name");
        }
    }

    private static JsonNode page(String name) {
        return FakeNode.JSON
                .createObjectNode()
                .put("id", "org.example." + name)
                .put("kind", "page")
                .put("title", "Page " + name)
                .put("icon", "")
                .put("module", "/plugins/" + name + ".js")
                .put("element", "x-" + name)
                .put("order", 1)
                .put("bundle", "org.example");
    }
}
