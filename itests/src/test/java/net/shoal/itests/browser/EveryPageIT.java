package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every page, looked at by axe-core and kept as a picture in {@code target/screenshots}: by day and by night, on a phone and on a desk. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EveryPageIT {
    private static final Map<String, String> PAGES = pages();
    private static final List<String> THEMES = List.of("light", "dark");

    /** One where everything is turned round shows what is not. */
    private static final List<String> IN_OTHER_LANGUAGES =
            List.of("transfers", "transfer-overview", "speed", "settings", "style");

    @TempDir
    static Path work;

    private static FakeNode node;
    private static FakeNode empty;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        var files = ConsoleFiles.unpack(work.resolve("www"));
        node = new FakeNode(files, FakeTransfers.of(12), 0);
        empty = new FakeNode(files, FakeTransfers.of(0), 0);
        browser = Browser.wide(work);
    }

    @AfterAll
    static void close() {
        for (var closing : new AutoCloseable[] {browser, node, empty}) {
            if (closing != null) {
                try {
                    closing.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        for (var name :
                List.of("transfers", "shares", "history", "speed", "settings", "plugins", "health", "log", "style")) {
            pages.put(name, "#/" + name);
        }
        for (var tab : List.of("overview", "files", "connections", "finding", "options")) {
            pages.put("transfer-" + tab, "#/transfer/" + FakeTransfers.FIRST + "/" + tab);
        }
        pages.put("nowhere", "#/nowhere");
        return pages;
    }

    @Test
    void nothingHindersAnybodyOnAnyPage() throws IOException {
        var wrong = new ArrayList<String>();
        browser.metrics(1280, 860, false);
        browser.open(node.address());
        for (var theme : THEMES) {
            browser.theme(theme);
            visitAll(theme, "desk", wrong);
        }
        browser.metrics(360, 740, true);
        for (var theme : THEMES) {
            browser.theme(theme);
            visitAll(theme, "phone", wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void visitAll(String theme, String device, List<String> wrong) throws IOException {
        for (var page : PAGES.entrySet()) {
            var name = page.getKey() + "-" + device + "-" + theme;
            browser.go(page.getValue());
            browser.find("main h1");
            browser.until(name + " has come", () -> !browser.has("main .spinner:not(.card *)"));
            browser.picture(name);
            browser.assertNothingStandsOut(name);
            // what differs by theme is contrast, what differs by device is layout: each is looked at once
            if (device.equals("desk") || theme.equals("light")) {
                browser.hindrances().forEach(hindrance -> wrong.add(name + ": " + hindrance));
            }
            browser.complaints().forEach(complaint -> wrong.add(name + ": " + complaint));
        }
    }

    @Test
    void dialogsAndMenusHinderNobody() throws IOException {
        var wrong = new ArrayList<String>();
        for (boolean phone : new boolean[] {false, true}) {
            browser.metrics(phone ? 360 : 1280, phone ? 740 : 860, phone);
            for (var theme : THEMES) {
                browser.theme(theme);
                var suffix = (phone ? "-phone-" : "-desk-") + theme;
                browser.open(empty.address());
                browser.find(".welcome");
                look("welcome" + suffix, wrong);
                browser.press("r");
                browser.find("dialog[open] textarea");
                look("receive" + suffix, wrong);
                browser.press(org.openqa.selenium.Keys.ESCAPE);
                browser.open(node.address());
                browser.find(".row .name");
                browser.click("button", "Send");
                browser.find(".menu button");
                look("send-menu" + suffix, wrong);
                browser.click(".menu button", "running Shoal");
                browser.find("dialog[open] .entries");
                look("folders" + suffix, wrong);
                browser.press(org.openqa.selenium.Keys.ESCAPE);
                browser.run("import('/app/dialogs/keys.js').then(own => own.KeysDialog.open())");
                browser.find("dialog[open] kbd");
                look("keys" + suffix, wrong);
                browser.press(org.openqa.selenium.Keys.ESCAPE);
                browser.run("import('/app/actions.js').then(own => own.showLink({id: arguments[0], name: 'Holiday'}))"
                        .replace("arguments[0]", "'" + FakeTransfers.FIRST + "'"));
                browser.find("dialog[open] .qr");
                look("link" + suffix, wrong);
                browser.press(org.openqa.selenium.Keys.ESCAPE);
                browser.run("import('/app/actions.js').then(own => own.look({id: '" + FakeTransfers.CHOICE + "'}))");
                browser.find("dialog[open] .chooser");
                look("choose" + suffix, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatComesAndGoesHindersNobody() throws IOException {
        var wrong = new ArrayList<String>();
        for (boolean phone : new boolean[] {false, true}) {
            browser.metrics(phone ? 360 : 1280, phone ? 740 : 860, phone);
            browser.theme(phone ? "light" : "dark");
            var suffix = phone ? "-phone-light" : "-desk-dark";
            browser.open(node.address());
            browser.find(".row .name");
            browser.click("shoal-rows .menu-button");
            browser.find(".menu button");
            look("row-menu" + suffix, wrong);
            browser.press(org.openqa.selenium.Keys.ESCAPE);
            browser.run("document.querySelectorAll('shoal-rows .tick').forEach((one, at) => at < 3 && one.click())");
            browser.find(".selection");
            look("selected" + suffix, wrong);
            browser.assertNothingStandsOut("the selection");
            browser.run("import('/app/overlays.js').then(own => own.toast('removed', {action: 'Undo', run() {}}))");
            browser.find(".toast");
            browser.picture("toast" + suffix);
            browser.run("document.querySelector('.drop-cover').showPopover()");
            look("drop" + suffix, wrong);
            browser.run("document.querySelector('.drop-cover').hidePopover()");
            browser.run("import('/app/begin.js').then(own => own.begin(['a.jpg', 'b.txt'].map(name =>"
                    + " ({path: 'Lisbon/' + name, file: new File(['x'], name)}))))");
            browser.find("dialog[open] .what");
            look("send" + suffix, wrong);
            browser.press(org.openqa.selenium.Keys.ESCAPE);
            browser.run(
                    "import('/app/actions.js').then(own => own.removeWithFiles([{id: 'x', name: 'Holiday', path: '/home'}]))");
            browser.find("dialog[open] .button.danger");
            look("delete" + suffix, wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nothingStandsOutOnATablet() {
        browser.metrics(768, 1024, true);
        browser.theme("light");
        browser.open(node.address());
        PAGES.forEach((page, hash) -> {
            browser.go(hash);
            browser.find("main h1");
            browser.until(page + " has come", () -> !browser.has("main .spinner:not(.card *)"));
            browser.picture(page + "-tablet-light");
            browser.assertNothingStandsOut(page);
        });
    }

    private static void look(String name, List<String> wrong) throws IOException {
        browser.picture(name);
        browser.hindrances().forEach(hindrance -> wrong.add(name + ": " + hindrance));
        browser.complaints().forEach(complaint -> wrong.add(name + ": " + complaint));
    }

    @Test
    void otherLanguagesAndTheOtherDirectionFitToo() {
        browser.theme("light");
        browser.open(node.address());
        browser.find(".row .name");
        try {
            for (var look : List.of("de", "zh", "rtl")) {
                browser.run(
                        "localStorage.setItem('shoal.language', arguments[0] === 'rtl' ? 'en' : arguments[0]);"
                                + " localStorage.setItem('shoal.direction', arguments[0])",
                        look);
                for (boolean phone : new boolean[] {false, true}) {
                    browser.metrics(phone ? 360 : 1280, phone ? 740 : 860, phone);
                    for (var page : look.equals("rtl") ? PAGES.keySet() : IN_OTHER_LANGUAGES) {
                        browser.open(node.address().resolve("/" + PAGES.get(page)));
                        browser.run("window.before = true; location.reload()");
                        browser.until(
                                "drawn anew",
                                () -> Boolean.TRUE.equals(browser.run("return !window.before"))
                                        && browser.has("main h1")
                                        && !browser.has("main .spinner:not(.card *)")
                                        && (!page.equals("transfers") || browser.has(".row .name")));
                        var name = page + (phone ? "-phone-" : "-desk-") + look;
                        browser.picture(name);
                        browser.assertNothingStandsOut(name);
                    }
                }
                assertThat(browser.run("return document.documentElement.dir"))
                        .isEqualTo(look.equals("rtl") ? "rtl" : "ltr");
            }
            assertThat(browser.runAsync(
                            "const done = arguments[0]; import('/app/i18n.js').then(own => done(own.size(5e9)))"))
                    .as("a figure stays before its unit")
                    .isEqualTo("\u20685 GB\u2069");
        } finally {
            browser.run("localStorage.clear()");
        }
    }
}
