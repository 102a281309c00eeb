package net.shoal.api.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpUrlTest {
    @Test
    void knowsWhatARequestNeeds() {
        var url = HttpUrl.of(URI.create("HTTPS://[::1]:8443/a%20b?c=d#e"));
        assertThat(url.secure()).isTrue();
        assertThat(url.host()).isEqualTo("::1");
        assertThat(url.hostHeader()).isEqualTo("[::1]:8443");
        assertThat(url.pathAndQuery()).isEqualTo("/a%20b?c=d");
        assertThat(HttpUrl.of(URI.create("http://example.org")).pathAndQuery()).isEqualTo("/");
        assertThat(HttpUrl.of(URI.create("http://example.org:80/")).hostHeader())
                .isEqualTo("example.org");
        assertThat(HttpUrl.of(URI.create("https://example.org/")).port()).isEqualTo(443);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "ftp://example.org/,          is no http or https address",
        "file:///etc/passwd,          is no http or https address",
        "http:///x,                   names no valid host",
        "http://a_b.example/,         names no valid host",
        "http://me:secret@example.org/, 'has a user name in it, which is not supported'",
        "http://example.org:0/,       has port 0; a port is from 1 to 65535",
        "http://example.org:70000/,   has port 70000; a port is from 1 to 65535",
    })
    void saysWhatIsWrong(String url, String reason) {
        assertThatThrownBy(() -> HttpUrl.of(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @Test
    void redirectsWithinHttpAndNeverOutOfHttps() {
        var url = HttpUrl.of(URI.create("https://example.org/a/b?c"));
        assertThat(url.redirect("../d").uri()).hasToString("https://example.org/d");
        assertThat(url.redirect("//other.example/x").host()).isEqualTo("other.example");
        assertThatThrownBy(() -> url.redirect("http://example.org/")).hasMessage("leaves https");
        assertThatThrownBy(() -> url.redirect("file:///etc/passwd")).hasMessage("is no http or https address");
        assertThatThrownBy(() -> url.redirect("http://[::1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> url.redirect("/" + "x".repeat(10_000))).hasMessageContaining("longer than 8192");
    }
}
