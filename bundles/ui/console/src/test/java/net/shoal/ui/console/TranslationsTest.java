package net.shoal.ui.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslationsTest {
    private static final Pattern USED = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern USED_IN_PART = Pattern.compile("`([a-z]+\\.[a-z.]*)\\$\\{");
    private static final Pattern NAMED = Pattern.compile("'([a-z][a-zA-Z0-9.-]+)'");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    @Test
    void thereAreWordsForAllThatIsSaid() throws IOException {
        var english = words("en");
        for (var module : Sources.modules().entrySet()) {
            var used = USED.matcher(module.getValue())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(english.keySet()).as("%s", module.getKey()).containsAll(used);
        }
    }

    @Test
    void nothingIsTranslatedInVain() throws IOException {
        var said = new TreeSet<String>();
        var begun = new TreeSet<String>();
        for (var source : Sources.modules().values()) {
            NAMED.matcher(source).results().forEach(found -> said.add(found.group(1)));
            USED_IN_PART.matcher(source).results().forEach(found -> begun.add(found.group(1)));
        }
        assertThat(words("en").keySet()).allSatisfy(key -> assertThat(
                        said.contains(key) || begun.stream().anyMatch(key::startsWith))
                .as(key)
                .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "zh"})
    void aTranslationSaysAllThatEnglishSays(String language) throws IOException {
        var english = words("en");
        var other = words(language);
        assertThat(other.keySet()).isEqualTo(english.keySet());
        other.forEach((key, text) ->
                assertThat(placeholders(text)).as("%s in %s", key, language).isEqualTo(placeholders(english.get(key))));
    }

    private static Set<String> placeholders(JsonNode text) {
        return PLACEHOLDER
                .matcher(text.isTextual() ? text.asText() : text.path("other").asText())
                .results()
                .map(found -> found.group(1))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static java.util.Map<String, JsonNode> words(String language) throws IOException {
        var words = new java.util.TreeMap<String, JsonNode>();
        new ObjectMapper()
                .readTree(Sources.WWW.resolve("i18n/" + language + ".json").toFile())
                .properties()
                .forEach(entry -> words.put(entry.getKey(), entry.getValue()));
        return words;
    }
}
