package net.shoal.ui.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private final Pages pages = new Pages();

    @Test
    void theFirstPageIsIndexWithAPolicyThatAdmitsItsImportMapByHash() {
        var index = pages.find("/").orElseThrow();
        assertThat(index.type).startsWith("text/html");
        assertThat(index.policy).contains("'sha256-").doesNotContain("unsafe");
        assertThat(pages.find("/index.html")).contains(index);
        assertThat(pages.find("")).contains(index);
    }

    @Test
    void whatIsSentSmallIsTheSame() throws IOException {
        var module = pages.find("/app/main.js").orElseThrow();
        var plain = new ByteArrayOutputStream();
        module.write(false, plain);
        var small = new ByteArrayOutputStream();
        module.write(true, small);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.toByteArray())).readAllBytes())
                .isEqualTo(plain.toByteArray());
        assertThat(module.policy).startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../Pages.class",
                "/app/../../Pages.class",
                "/Pages.class",
                "/app",
                "/app/",
                "/app//main.js",
                "/app/%2e%2e/main.js",
                "/app\\main.js",
                "//index.html",
                "/lib/lit/LICENSE",
                "/.js",
                "/nothing.js",
                "/app/main.js\u0000",
                "/api/v1/node"
            })
    void nothingElseIsHandedOut(String path) {
        assertThat(pages.find(path)).isEmpty();
    }
}
