package net.shoal.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A video plays while the rest of it is still on its way. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class VideoIT {
    private static final int SLOW = 100_000;

    /** Films noise, which does not compress, by the browser itself: a few MB of WebM. */
    private static final String FILM =
            """
            const done = arguments[arguments.length - 1];
            const canvas = document.createElement('canvas');
            canvas.width = 640; canvas.height = 360;
            const pen = canvas.getContext('2d');
            const noise = pen.createImageData(640, 360);
            const draw = () => {
              for (let i = 0; i < noise.data.length; i += 65536) crypto.getRandomValues(noise.data.subarray(i, i + 65536));
              for (let i = 3; i < noise.data.length; i += 4) noise.data[i] = 255;
              pen.putImageData(noise, 0, 0);
            };
            const timer = setInterval(draw, 40);
            const recorder = new MediaRecorder(canvas.captureStream(25), {mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 12_000_000});
            const parts = [];
            recorder.ondataavailable = event => parts.push(event.data);
            recorder.onstop = async () => {
              clearInterval(timer);
              const reader = new FileReader();
              reader.onload = () => done(reader.result.split(',')[1]);
              reader.readAsDataURL(new Blob(parts));
            };
            recorder.start(500);
            setTimeout(() => recorder.stop(), 6000);
            """;

    @TempDir
    Path work;

    @Test
    void whatHasArrivedPlaysAlready() throws IOException {
        var films = Files.createDirectories(work.resolve("films"));
        try (var sender = ConsoleNode.start(work.resolve("a"), "--serve-tracker", "127.0.0.1:0");
                var receiver = ConsoleNode.start(work.resolve("b"), "--set", "net.shoal.engine:downLimit=" + SLOW);
                var browser = Browser.wide(work)) {
            browser.open(receiver.login());
            browser.find(".welcome");
            var film = Base64.getDecoder().decode((String) Objects.requireNonNull(browser.runAsync(FILM)));
            Files.write(films.resolve("noise.webm"), film);
            assertThat(film.length).as("bytes of the film").isGreaterThan(5 * SLOW);
            var link = sender.control()
                    .results("share", films.toString(), "--piece-size", "16KiB")
                    .get(0)
                    .path("link")
                    .asText();
            receiver.control().begin("get", link, "--to", work.resolve("copy").toString());
            browser.click(".row .name", "films");
            browser.click(".tabs a", "Files");
            browser.click(".files [aria-label^='Open']");
            browser.find("dialog[open] video");
            browser.until(
                    "it plays",
                    () -> Boolean.TRUE.equals(
                            browser.run(
                                    "const video = document.querySelector('video'); return video.currentTime > 0.5 && video.videoWidth === 640")));
            var row = receiver.control().results("ls").get(0);
            browser.picture("real-video-desk");
            System.out.printf("plays with %d of %d bytes%n", row.path("done").asLong(), film.length);
            assertThat(row.path("done").asLong()).as("bytes that have come").isLessThan(film.length);
        }
    }
}
