package net.shoal.ui.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.txt | root/a.txt",
                "sub/b.txt | root/sub/b.txt",
                "Grüße/雪.txt | root/Grüße/雪.txt",
                "../../etc/passwd | root/__/__/etc/passwd",
                "a/./b | root/a/_/b",
                "a//b | root/a/_/b",
                "/etc/x | root/_/etc/x",
                "c:\\evil | root/c__evil",
                "con.txt | root/_con.txt",
                "end. | root/end_"
            })
    void aNameIsOneThatAnyFileSystemCanHold(String path, String name) {
        assertThat(new ZipNames("root").next(path)).isEqualTo(name);
    }

    @Test
    void theFolderIsNoWayOutEither() {
        assertThat(new ZipNames("..").next("a")).isEqualTo("__/a");
        assertThat(new ZipNames("a/b").next("c")).isEqualTo("a_b/c");
    }

    @Test
    void noTwoAreTheSame() {
        var names = new ZipNames("r");
        assertThat(names.next("a?.txt")).isEqualTo("r/a_.txt");
        assertThat(names.next("a*.txt")).isEqualTo("r/a_ (2).txt");
        assertThat(names.next("A|.TXT")).isEqualTo("r/A_ (3).TXT");
        assertThat(names.next(".hidden")).isEqualTo("r/.hidden");
        assertThat(names.next(".Hidden")).isEqualTo("r/.Hidden (2)");
    }
}
