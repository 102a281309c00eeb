package net.shoal.base.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.txt         | a.txt          | true",
                "*.txt         | deep/er/a.txt  | true",
                "*.txt         | a.txt.gz       | false",
                "deep/*.txt    | deep/a.txt     | true",
                "deep/*.txt    | deep/er/a.txt  | false",
                "deep/**       | deep/er/a.txt  | true",
                "**/a.txt      | deep/er/a.txt  | true",
                "a?.txt        | ab.txt         | true",
                "a?.txt        | a.txt          | false",
                "[abc].txt     | b.txt          | true",
                "[!abc].txt    | b.txt          | false",
                "[a-c].txt     | b.txt          | true",
                "{a,b}.txt     | b.txt          | true",
                "{a,b}.txt     | c.txt          | false",
                "a+b(1).txt    | a+b(1).txt     | true",
                "a.txt         | aXtxt          | false",
                "A.txt         | a.txt          | false",
                "x,y           | x,y            | true",
            })
    void matchesPathsInATorrent(String glob, String path, boolean matches) {
        assertThat(new Glob(glob).matches(path)).isEqualTo(matches);
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThatThrownBy(() -> new Glob("[ab")).hasMessageContaining("[ without its ]");
        assertThatThrownBy(() -> new Glob("{ab")).hasMessageContaining("{ without its }");
        assertThatThrownBy(() -> new Glob("[b-a]"))
                .hasMessageContaining("[b-a] cannot be read")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> new Glob(" ")).hasMessageContaining("empty pattern");
    }
}
