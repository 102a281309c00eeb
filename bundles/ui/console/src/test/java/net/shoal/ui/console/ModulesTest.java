package net.shoal.ui.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ModulesTest {
    private static final int FIRST_LOAD = 150_000;
    /** What makes markup, or code, of a text. */
    private static final Pattern DANGEROUS = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|unsafeStatic|createContextualFragment|DOMParser|document\\.write|setHTML|srcdoc|\\beval\\b|new Function"
                    + "|javascript:");
    /** The policy lets none of it through. */
    private static final Pattern INLINE = Pattern.compile(
            "<[a-z-]+[^>]*\\sstyle=|<style|<script|\\son[a-z]+=[\"']|createElement\\('script'\\)|setAttribute\\('(style|on)");

    @Test
    void theFirstPageIsThereAfterLessThan150Kilobytes() throws IOException {
        var loaded = new LinkedHashSet<Path>(List.of(
                Sources.WWW.resolve("index.html"),
                Sources.WWW.resolve("icon.svg"),
                Sources.WWW.resolve("i18n/en.json"),
                Sources.WWW.resolve("i18n/zh.json")));
        for (var style : List.of("tokens", "base", "app")) {
            loaded.add(Sources.WWW.resolve("style/" + style + ".css"));
        }
        loaded.addAll(Sources.needed(Sources.WWW.resolve("app/main.js")));
        loaded.addAll(Sources.needed(Sources.WWW.resolve("app/shell.js")));
        int sum = 0;
        for (var file : loaded) {
            sum += Page.of("text/javascript", Files.readAllBytes(file)).length(true);
        }
        System.out.printf("first load: %d files, %d bytes compressed%n", loaded.size(), sum);
        assertThat(loaded).hasSizeGreaterThan(20);
        assertThat(sum).isBetween(20_000, FIRST_LOAD);
    }

    @Test
    void whatIsImportedIsThere() throws IOException {
        for (var module : Sources.modules().keySet()) {
            assertThat(Sources.needed(module)).as("imports of %s", module).allSatisfy(file -> assertThat(file)
                    .isRegularFile());
            assertThat(Sources.importedLater(module))
                    .as("later imports of %s", module)
                    .allSatisfy(file -> assertThat(file).isRegularFile());
        }
    }

    @Test
    void noElementHasAMethodThatElementsHaveAnyway() throws IOException {
        var shadowing = Pattern.compile(
                "(?m)^  (?:async )?(?:get )?(remove|before|after|append|prepend|replaceWith|closest|matches|animate|part|slot|title|lang|dir|hidden|role|click|focus|blur|scroll)\\(");
        assertThat(Sources.modules()).allSatisfy((module, source) -> assertThat(
                        shadowing.matcher(source).results().map(found -> found.group()))
                .as("%s", module)
                .isEmpty());
    }

    @Test
    void noTextBecomesMarkupAndNothingIsInline() throws IOException {
        assertThat(Sources.modules()).hasSizeGreaterThan(20).allSatisfy((module, source) -> {
            assertThat(DANGEROUS.matcher(source).results().map(found -> found.group()))
                    .as("%s", module)
                    .isEmpty();
            assertThat(INLINE.matcher(source).results().map(found -> found.group()))
                    .as("%s", module)
                    .isEmpty();
        });
    }
}
