package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** 10,000 transfers, of which some change each second. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TenThousandIT {
    private static final int MANY = 10_000;
    /** A frame that nobody takes for a halt, on a machine that does other things too. */
    private static final double SMOOTH_MILLIS = 100;

    @TempDir
    Path work;

    @Test
    @SuppressWarnings("unchecked")
    void theListOfThemStaysSmooth() throws IOException {
        try (var node = new FakeNode(ConsoleFiles.unpack(work.resolve("www")), FakeTransfers.of(MANY), 0);
                var browser = Browser.wide(work)) {
            browser.open(node.address());
            browser.find(".row .name");
            assertThat(browser.find("[role=grid]").getDomAttribute("aria-rowcount"))
                    .isEqualTo(String.valueOf(MANY + 1));
            assertThat(browser.count("shoal-rows [role=row]")).isBetween(5, 60);
            var frames = (List<Number>)
                    Objects.requireNonNull(
                            browser.runAsync(
                                    """
                    const done = arguments[arguments.length - 1];
                    const frames = [];
                    let before = performance.now();
                    const begin = before;
                    const step = now => {
                      frames.push(now - before);
                      before = now;
                      scrollBy(0, 400);
                      if (now - begin < 5000) requestAnimationFrame(step); else done(frames);
                    };
                    requestAnimationFrame(step);
                    """));
            var sorted =
                    frames.stream().mapToDouble(Number::doubleValue).sorted().toArray();
            System.out.printf(
                    "10,000 transfers: %d frames in 5 s, median %.0f ms, 95 %% %.0f ms, longest %.0f ms%n",
                    sorted.length,
                    sorted[sorted.length / 2],
                    sorted[(int) (sorted.length * 0.95)],
                    sorted[sorted.length - 1]);
            assertThat(sorted[sorted.length / 2]).as("median frame, ms").isLessThan(SMOOTH_MILLIS);
            assertThat(browser.count("shoal-rows [role=row]")).isBetween(5, 60);
            browser.press(Keys.END);
            browser.until("the last one is in sight", () -> browser.has("[aria-rowindex='" + (MANY + 1) + "']:focus"));
            browser.type("[type=search]", "9999");
            browser.until("one is left", () -> browser.count("shoal-rows [role=row]") == 1);
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
