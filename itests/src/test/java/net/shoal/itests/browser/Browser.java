package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import net.shoal.itests.distribution.Running;
import net.shoal.itests.interop.Programs;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium with a profile of its own, at the width of a phone or a desk. */
final class Browser implements AutoCloseable {
    /** What a slow machine may need. */
    static final long PATIENCE_SECONDS = 60;

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser wide(Path work) throws IOException {
        return start(work, 1280, 860);
    }

    static Browser phone(Path work) throws IOException {
        var browser = start(work, 500, 800);
        browser.metrics(360, 740, true);
        return browser;
    }

    private static Browser start(Path work, int width, int height) throws IOException {
        Programs.require("chromium", "chromium");
        Programs.require("chromedriver", "chromium-driver");
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--autoplay-policy=no-user-gesture-required",
                "--lang=en",
                "--window-size=" + width + "," + height,
                "--user-data-dir=" + Files.createTempDirectory(work, "browser"));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", work.toString()));
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.SEVERE);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
        return new Browser(driver);
    }

    void metrics(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    void theme(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    void open(URI url) {
        driver.get(url.toString());
    }

    /** A place within the page that is open. */
    void go(String hash) {
        run("location.hash = arguments[0]", hash);
    }

    /** Waits for the one that is in sight. */
    WebElement find(String css) {
        return awaited(css, () -> driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst());
    }

    /** Waits for an element of this kind with these words. */
    WebElement find(String css, String words) {
        return awaited(css + " with '" + words + "'", () -> driver.findElements(By.cssSelector(css)).stream()
                .filter(one -> one.isDisplayed() && one.getText().contains(words))
                .findFirst());
    }

    private WebElement awaited(String what, Callable<Optional<WebElement>> search) {
        var found = new AtomicReference<Optional<WebElement>>(Optional.empty());
        until(what, () -> {
            found.set(search.call());
            return found.get().isPresent();
        });
        return found.get().orElseThrow();
    }

    boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    void click(String css) {
        until("click " + css, () -> clicked(find(css)));
    }

    void click(String css, String words) {
        until("click " + css + " " + words, () -> clicked(find(css, words)));
    }

    private static boolean clicked(WebElement element) {
        try {
            element.click();
            return true;
        } catch (StaleElementReferenceException | org.openqa.selenium.ElementClickInterceptedException e) {
            return false;
        }
    }

    void type(String css, String text) {
        var field = find(css);
        field.clear();
        field.sendKeys(text);
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void pressWith(Keys held, CharSequence key) {
        new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object runAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    String text(String css) {
        return find(css).getText();
    }

    /** Waits until it holds; what is drawn anew meanwhile is looked for again. */
    void until(String what, Callable<Boolean> condition) {
        Running.await(what, PATIENCE_SECONDS, () -> {
            try {
                return condition.call();
            } catch (StaleElementReferenceException | NoSuchElementException | JavascriptException e) {
                return false;
            }
        });
    }

    /** Waits for what fades in to be there: halfway it has other colours. */
    private void settle() {
        runAsync(
                """
                const done = arguments[arguments.length - 1];
                const passing = document.getAnimations().filter(one => one.effect.getComputedTiming().iterations !== Infinity);
                Promise.allSettled(passing.map(one => one.finished)).then(() => done(true));
                """);
    }

    /** Into the build's output, to be looked at. */
    void picture(String name) {
        settle();
        var folder = Path.of("target", "screenshots");
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What axe-core finds wrong, one line each. */
    @SuppressWarnings("unchecked")
    List<String> hindrances() throws IOException {
        settle();
        if (!Boolean.TRUE.equals(run("return !!window.axe"))) {
            run(axe());
        }
        return (List<String>)
                Objects.requireNonNull(
                        runAsync(
                                """
                const done = arguments[arguments.length - 1];
                axe.run(document.querySelector('dialog[open]') ?? document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
                    found => done(found.violations.map(one => one.id + ': ' + one.help + ' ' + one.nodes.slice(0, 4).map(node => node.html.slice(0, 160) + ' | ' + node.failureSummary).join(' // '))),
                    error => done(['axe failed: ' + error]));
                """));
    }

    private static String axe() throws IOException {
        try (InputStream in =
                Browser.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "axe-core").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the console of the browser complained of since it was asked before. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();
    }

    void assertNothingStandsOut(String where) {
        var wide = (Long) Objects.requireNonNull(run("return document.documentElement.scrollWidth - innerWidth"));
        assertThat(wide).as("%s is wider than the window", where).isLessThanOrEqualTo(0);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
