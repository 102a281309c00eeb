package net.shoal.source.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import net.shoal.base.metainfo.Info;
import org.junit.jupiter.api.Test;

final class WebFilesTest {
    private static String url(String base, Info info, int file) {
        return new WebFiles(URI.create(base), info).url(file).uri().toString();
    }

    @Test
    void aSingleFileIsAtTheUrlItselfUnlessThisEndsInASlash() {
        var info = Torrents.file("a file.iso", 10);
        assertThat(url("http://h/mirror/other.name", info, 0)).isEqualTo("http://h/mirror/other.name");
        assertThat(url("http://h/mirror/", info, 0)).isEqualTo("http://h/mirror/a%20file.iso");
        assertThat(url("http://h", info, 0)).isEqualTo("http://h/a%20file.iso");
        assertThat(url("https://h:8443/get?file=7", info, 0)).isEqualTo("https://h:8443/get?file=7");
    }

    @Test
    void filesOfAFolderAreBelowTheUrlAndTheFoldersName() {
        var info = Torrents.folder("stuff", "a.txt", "deep/er/b.txt");
        assertThat(url("http://h/mirror/", info, 0)).isEqualTo("http://h/mirror/stuff/a.txt");
        assertThat(url("http://h/mirror", info, 1)).isEqualTo("http://h/mirror/stuff/deep/er/b.txt");
        assertThat(url("http://h/mirror?token=1", info, 1)).isEqualTo("http://h/mirror/stuff/deep/er/b.txt?token=1");
    }

    @Test
    void namesAreEscapedSoThatTheyAreNothingElse() {
        var info = Torrents.folder("Ωμέγα", "a b+c&d=e%20f?g#h.bin", "世界 🐟/;x:y@z\\", "..dots../~");
        assertThat(url("http://h/", info, 0))
                .isEqualTo("http://h/%CE%A9%CE%BC%CE%AD%CE%B3%CE%B1/a%20b%2Bc%26d%3De%2520f%3Fg%23h.bin");
        assertThat(url("http://h/", info, 1))
                .isEqualTo("http://h/%CE%A9%CE%BC%CE%AD%CE%B3%CE%B1/%E4%B8%96%E7%95%8C%20%F0%9F%90%9F/%3Bx%3Ay%40z%5C");
        assertThat(url("http://h/", info, 2)).endsWith("/..dots../~");
    }

    @Test
    void whatAUserTypesMayHoldAnyLetter() {
        assertThat(url("http://h/Grüße/", Torrents.file("x", 1), 0)).isEqualTo("http://h/Gr%C3%BC%C3%9Fe/x");
    }

    @Test
    void aUrlThatGetsTooLongIsRefused() {
        var info = Torrents.folder("x", "世".repeat(1_000));
        assertThatThrownBy(() -> url("http://h/", info, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than");
    }
}
