package net.shoal.ui.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginWordsTest {
    private static final List<String> PAGES =
            List.of("login.html", "form.html", "no-password.html", "entered.html", "starts.html");
    /** Said by the servlet itself. */
    private static final List<String> NOTICES = List.of("used", "too-long", "blocked", "wrong");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de-AT,de;q=0.9,en;q=0.8 | de",
                "zh-Hans-CN,zh;q=0.9 | zh",
                "fr-FR,fr;q=0.9,de;q=0.1 | de",
                "en;q=0.2,de;q=0.8 | de",
                "fr | en",
                "* | en",
                "'' | en",
                "de;q=rubbish | en",
                "'\"<script>' | en"
            })
    void theBrowserSaysWhichLanguageItWants(String header, String language) {
        assertThat(LoginWords.language(header)).isEqualTo(language);
    }

    @Test
    void aBrowserThatSaysNothingOrFarTooMuchIsSpokenToInEnglish() {
        assertThat(LoginWords.language(null)).isEqualTo("en");
        assertThat(LoginWords.language("de,".repeat(5_000))).isEqualTo("en");
    }

    @Test
    void everyLanguageSaysAllThatIsSaidAndNothingElse() throws IOException {
        var said = new TreeSet<>(NOTICES);
        for (var page : PAGES) {
            Pattern.compile("\\{\\{([^}]+)}}")
                    .matcher(LoginAssets.text(page))
                    .results()
                    .forEach(place -> said.add(place.group(1)));
        }
        said.remove("lang");
        for (var language : LoginWords.LANGUAGES) {
            assertThat(LoginWords.in(language).texts().keySet()).as(language).isEqualTo(said);
        }
    }

    @Test
    void pagesAreFilledWithWords() throws IOException {
        for (var page : PAGES) {
            assertThat(LoginWords.of("de").fill(LoginAssets.text(page))).doesNotContain("{{");
        }
        assertThat(LoginWords.of("de").fill(LoginAssets.text("login.html"))).contains("<html lang=\"de\">");
    }
}
