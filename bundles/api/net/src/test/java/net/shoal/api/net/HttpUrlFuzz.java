package net.shoal.api.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Random;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever a torrent or a server gives for a URL: it is one of the web, or refused in words. */
class HttpUrlFuzz {
    private static final long SEED = 0x57;
    /** Characters that mean something there. */
    private static final String TELLING = "/:@[]%?#\\. \r\n0";

    private static final List<String> URLS = List.of(
            "http://example.org:8080/a/b?c=d",
            "https://[2001:db8::1]:8443/x",
            "//127.0.0.1/x",
            "/a/../b",
            "http://me@h/",
            "?q");

    @FuzzTest(maxDuration = "15s")
    void takesAnyUrl(byte[] text) {
        Cost.within(text.length, () -> {
            try {
                check(HttpUrl.of(new URI(new String(text, UTF_8))));
            } catch (URISyntaxException e) {
                // none at all
            } catch (IllegalArgumentException e) {
                require(!String.valueOf(e.getMessage()).isBlank());
            }
        });
    }

    @FuzzTest(maxDuration = "15s")
    void takesAnyRedirect(byte[] text) {
        Cost.within(text.length, () -> {
            try {
                var next = HttpUrl.of(URI.create("https://example.org/a")).redirect(new String(text, UTF_8));
                check(next);
                require(next.secure());
            } catch (IllegalArgumentException e) {
                require(!String.valueOf(e.getMessage()).isBlank());
            }
        });
    }

    private static void check(HttpUrl url) {
        require(url.port() > 0 && url.port() <= 65_535 && !ForeignPorts.tcp(url.port()));
        require(!url.host().isEmpty() && url.uri().getRawUserInfo() == null);
        require(url.hostHeader().chars().allMatch(c -> c > ' ' && c != 0x7f));
        require(url.pathAndQuery().startsWith("/") || url.pathAndQuery().startsWith("?"));
        require(url.pathAndQuery().chars().allMatch(c -> c > ' ' && c != 0x7f));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void takesMutatedUrls() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(20_000); round++) {
            var bytes = URLS.get(random.nextInt(URLS.size())).getBytes(UTF_8);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? TELLING.charAt(random.nextInt(TELLING.length())) : random.nextInt());
            }
            takesAnyUrl(bytes);
            takesAnyRedirect(bytes);
        }
    }
}
