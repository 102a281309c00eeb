package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
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
            installFromTheWeb(browser);
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

    /** What it is and who signed it is seen first. */
    private void installFromTheWeb(Browser browser) throws IOException {
        var jar = Files.readAllBytes(GreetingPlugin.write(work));
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/greeting.jar", exchange -> {
            exchange.sendResponseHeaders(200, jar.length);
            exchange.getResponseBody().write(jar);
            exchange.close();
        });
        web.start();
        try {
            var url = "http://127.0.0.1:" + web.getAddress().getPort();
            browser.go("#/plugins");
            browser.click("main .button.primary", "Install a plugin");
            browser.type("dialog[open] input[name=source]", url + "/no-such.jar");
            browser.click("dialog[open] footer .button.primary");
            browser.find("dialog[open] .note.bad", "the server answers 404");
            browser.type("dialog[open] input[name=source]", url + "/greeting.jar");
            browser.click("dialog[open] footer .button.primary");
            browser.find("dialog[open] .note.warn", "Nobody has signed it");
            browser.find("dialog[open] .note.warn", "without encryption");
            browser.find("dialog[open] dd", GreetingPlugin.NAME);
            browser.picture("real-plugin-offer-desk");
            assertThat(browser.text("nav.side")).doesNotContain("Greeting");
            browser.click("dialog[open] footer .button.primary", "Install");
            browser.find("main .badge.good", "running");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void panelsAndActionsOfPluginsKnowTheTransfer() throws IOException {
        try (var node = new FakeNode(ConsoleFiles.unpack(work.resolve("www")), FakeTransfers.of(3), 0);
                var browser = Browser.wide(work)) {
            node.serve(
                    "/plugins/panel.js",
                    "import {LitElement, html} from 'shoal/kit.js'; customElements.define('x-panel', class extends"
                            + " LitElement { static properties = {transfer: {attribute: false}}; createRenderRoot() {"
                            + " return this; } render() { return html`<p class=\"told\">about ${this.transfer?.name}</p>`;"
                            + " } });");
            node.serve(
                    "/plugins/action.js",
                    "export const praise = (rows, kit) => kit.toast(`${rows.map(row => row.name).join()} is fine`);");
            node.serve("/plugins/bad.js", "export const praise = () => { throw new Error('not today'); };");
            node.transfers()
                    .contribute(
                            part("panel", "panel", "x-panel"),
                            part("action", "action", "praise"),
                            part("action", "bad", "praise"));
            browser.open(node.address());
            var name = browser.text(".row .name");
            browser.click("shoal-rows .row .menu-button");
            browser.click(".menu button", "Part action");
            browser.find(".toast", "is fine");
            assertThat(browser.text(".toast")).contains(name.lines().findFirst().orElseThrow());
            browser.click("shoal-rows .row .menu-button");
            browser.click(".menu button", "Part bad");
            browser.find(".toast", "not today");
            browser.go("#/transfer/" + FakeTransfers.FIRST);
            browser.click("nav.tabs a", "Part panel");
            browser.find("x-panel .told", "about ");
            browser.picture("plugin-panel-desk");
            node.transfers().contribute();
            browser.until("its tab is gone", () -> !browser.text("nav.tabs").contains("Part panel"));
            assertThat(browser.has("x-panel")).isFalse();
        }
    }

    private static JsonNode part(String kind, String name, String element) {
        return ((com.fasterxml.jackson.databind.node.ObjectNode) page(name))
                .put("kind", kind)
                .put("title", "Part " + name)
                .put("element", element);
    }

    @Test
    void whatHappensIsToldHereAndByTheBrowserWhereNobodyLooks() throws IOException {
        try (var node = new FakeNode(ConsoleFiles.unpack(work.resolve("www")), FakeTransfers.of(3), 0);
                var browser = Browser.wide(work)) {
            browser.open(node.address());
            browser.find(".row .name");
            browser.run(
                    """
                    window.told = [];
                    window.Notification = class {
                      static permission = 'granted';
                      static requestPermission = async () => 'granted';
                      constructor(title, {body}) { window.told.push(title + ': ' + body); }
                      close() {}
                    };
                    """);
            node.transfers().notice("completed", FakeTransfers.FIRST, "<b>Holiday</b>", "");
            browser.find(".toast", "<b>Holiday</b>");
            assertThat(browser.run("return window.told.length"))
                    .as("nobody asked for it")
                    .isEqualTo(0L);
            browser.go("#/settings");
            browser.click("label.toggle", "Notifications");
            browser.run("Object.defineProperty(document, 'hidden', {get: () => true})");
            node.transfers().notice("failed", FakeTransfers.FIRST, "Garden", "the disk is full");
            browser.until(
                    "the browser tells it", () -> Long.valueOf(1).equals(browser.run("return window.told.length")));
            assertThat(String.valueOf(browser.run("return window.told[0]"))).endsWith(": Garden");
            browser.find(".toast", "the disk is full");
            browser.click(".toast button", "Show");
            browser.until("it is shown", () -> String.valueOf(browser.run("return location.hash"))
                    .contains(FakeTransfers.FIRST));
        }
    }

    @Test
    void whatFailsSaysSoInItsOwnPlace() throws IOException {
        try (var node = new FakeNode(ConsoleFiles.unpack(work.resolve("www")), FakeTransfers.of(3), 0);
                var browser = Browser.wide(work)) {
            node.serve(
                    "/plugins/good.js",
                    "import {LitElement, html} from 'shoal/kit.js'; customElements.define('x-good', class extends"
                            + " LitElement { render() { return html`<p>all is well</p>`; } });");
            node.serve(
                    "/plugins/made.js",
                    "customElements.define('x-made', class extends HTMLElement { constructor() { super(); throw new"
                            + " Error('not made'); } });");
            node.serve(
                    "/plugins/shown.js",
                    "customElements.define('x-shown', class extends HTMLElement { connectedCallback() { throw new"
                            + " Error('not shown'); } });");
            node.serve(
                    "/plugins/later.js",
                    "customElements.define('x-later', class extends HTMLElement { connectedCallback() { setTimeout(()"
                            + " => { throw new Error('not later'); }, 50); } });");
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
