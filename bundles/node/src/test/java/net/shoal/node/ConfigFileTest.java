package net.shoal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
    private static final String TEXT =
            """
            # how fast
            rate = 5

              list=a, b=c
            ! old style comment
            rate = 6
            nonsense
            """;

    @Test
    void readsKeysAndValuesAndWhereTheyStand() {
        assertThat(ConfigFile.parse(TEXT).values())
                .isEqualTo(Map.of("rate", new ConfigFile.Value("6", 6), "list", new ConfigFile.Value("a, b=c", 4)));
    }

    @Test
    void namesLinesThatMeanNothing() {
        assertThat(ConfigFile.parse(TEXT + "= 3\n").brokenLines()).containsExactly(7, 8);
    }

    @Test
    void changesOneValueAndNothingElse() {
        assertThat(ConfigFile.parse(TEXT).with("rate", "7").text())
                .isEqualTo(
                        """
                        # how fast
                        rate = 7

                          list=a, b=c
                        ! old style comment
                        nonsense
                        """);
        assertThat(ConfigFile.parse("# only words").with("new", "C:\\x").text())
                .isEqualTo("# only words\nnew = C:\\x\n");
    }

    @Test
    void takesAValueOut() {
        assertThat(ConfigFile.parse("# a\na = 1\n#a = 3\nb = 2\na=4")
                        .without("a")
                        .text())
                .isEqualTo("# a\n#a = 3\nb = 2\n");
    }
}
