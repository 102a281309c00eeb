package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** As somebody who has never heard of a swarm: what one drops on the page at a desk, another gets on a phone, by a link. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class FirstMinutesIT {
    private static final String TEXT = "Dear all,\nit goes straight from here to there.\n";

    /** A file, as if from the desktop. */
    private static final String DROP =
            """
            const given = new DataTransfer();
            given.items.add(new File([arguments[1]], arguments[0], {type: 'text/plain'}));
            document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: given, bubbles: true, cancelable: true}));
            """;

    @TempDir
    Path work;

    @Test
    void whatIsDroppedHereArrivesThere() throws IOException {
        Files.createDirectories(work.resolve("downloads"));
        var target = Files.createDirectories(work.resolve("arrivals"));
        try (var sender = ConsoleNode.start(
                        work.resolve("a"),
                        "--serve-tracker",
                        "127.0.0.1:0",
                        "--set",
                        "net.shoal.ui.rest:uploads=" + work.resolve("uploads"));
                var receiver = ConsoleNode.start(
                        work.resolve("b"), "--set", "net.shoal.ui.rest:downloads=" + work.resolve("downloads"))) {
            var link = send(sender);
            try (var phone = Browser.phone(work)) {
                receive(phone, receiver, link, target);
                assertThat(Files.readString(target.resolve("letter.txt"))).isEqualTo(TEXT);
                pauseResumeRemoveUndo(phone, receiver);
            }
        }
    }

    private String send(ConsoleNode node) throws IOException {
        try (var desk = Browser.wide(work)) {
            desk.open(node.login());
            assertThat(desk.find(".welcome").getText())
                    .doesNotContainIgnoringCase("tracker")
                    .doesNotContainIgnoringCase("infohash")
                    .doesNotContainIgnoringCase("port ");
            desk.run(DROP, "letter.txt", TEXT);
            desk.find("dialog[open] .what", "letter.txt");
            assertThat(desk.text("dialog[open]")).contains("byte");
            desk.click("dialog[open] .button.primary", "Make a link");
            desk.find("dialog[open] .qr");
            desk.until(
                    "the code is drawn",
                    () -> Boolean.TRUE.equals(desk.run("return document.querySelector('.qr').naturalWidth > 0")));
            desk.picture("real-link-desk");
            var link = String.valueOf(desk.find("dialog[open] input[readonly]").getDomProperty("value"));
            assertThat(link).startsWith("magnet:?");
            desk.click("dialog[open] .button.primary", "Done");
            desk.find(".row .name", "letter.txt");
            assertThat(desk.complaints()).isEmpty();
            signOut(desk);
            return link;
        }
    }

    private static void signOut(Browser desk) {
        var console = String.valueOf(desk.run("return location.origin + '/'"));
        desk.click("nav.side .side-foot .icon-button[aria-label='Sign out']");
        desk.find("main", "shoal console");
        assertThat(String.valueOf(desk.run("return location.pathname"))).isEqualTo("/login");
        desk.picture("real-signed-out-desk");
        desk.open(URI.create(console));
        assertThat(String.valueOf(desk.run("return location.pathname")))
                .as("there is no way back in")
                .isEqualTo("/login");
    }

    private static void receive(Browser phone, ConsoleNode node, String link, Path target) {
        phone.open(node.login());
        phone.type(".welcome input[name=link]", link);
        phone.press(Keys.ENTER);
        phone.find("dialog[open] .what", "letter.txt");
        phone.picture("real-choose-phone");
        phone.click("dialog[open] .where button");
        phone.find(".picker");
        phone.type(".picker input[name=path]", target.toString());
        phone.press(Keys.ENTER);
        phone.until(
                "the folder is open", () -> phone.text("dialog .footer-note").equals(target.toString()));
        phone.click("dialog[open] footer .button.primary", "Put it here");
        phone.until("it is said where it goes", () -> phone.text("dialog[open] .where")
                .contains(target.toString()));
        phone.click("dialog[open] footer .button.primary", "Get");
        phone.find(".row .state", "Complete");
        phone.picture("real-arrived-phone");
        phone.assertNothingStandsOut("the list");
        assertThat(phone.complaints()).isEmpty();
    }

    private static void pauseResumeRemoveUndo(Browser phone, ConsoleNode node) {
        menu(phone, "Pause");
        phone.find(".row .state", "Paused");
        menu(phone, "Resume");
        phone.find(".row .state", "Complete");
        menu(phone, "Remove");
        phone.until("it is gone from the list", () -> !phone.has(".row .name"));
        phone.click(".toast button", "Undo");
        phone.find(".row .name", "letter.txt");
        menu(phone, "Remove");
        phone.find(".welcome");
        Running.await("it is gone for good", Browser.PATIENCE_SECONDS, () -> node.control()
                .results("ls")
                .isEmpty());
    }

    private static void menu(Browser browser, String item) {
        browser.click("shoal-rows .row .menu-button");
        browser.click(".menu button", item);
    }
}
