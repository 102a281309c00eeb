package net.shoal.ui.web;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.shoal.base.command.Json;
import org.jspecify.annotations.Nullable;

/**
 * What the pages before the sign-in say, in the language that the browser asks for: nobody can have chosen another one yet.
 *
 * @param language a tag, such as {@code de}
 */
record LoginWords(String language, Map<String, String> texts) {
    static final List<String> LANGUAGES = List.of("en", "de", "zh");

    /** Longer than browsers send it. */
    private static final int LONGEST = 1_000;

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z.-]+)}}");

    /** @param acceptLanguage header {@code Accept-Language} (RFC 9110, 12.5.4) */
    static LoginWords of(@Nullable String acceptLanguage) throws IOException {
        return in(language(acceptLanguage));
    }

    static String language(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST) {
            return LANGUAGES.get(0);
        }
        try {
            var tag = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
            return tag == null ? LANGUAGES.get(0) : tag;
        } catch (IllegalArgumentException e) {
            return LANGUAGES.get(0); // it makes no sense
        }
    }

    static LoginWords in(String language) throws IOException {
        var texts = new TreeMap<String, String>();
        Json.readObject(LoginAssets.text("i18n/" + language + ".json"))
                .forEach((key, text) -> texts.put(key, String.valueOf(text)));
        return new LoginWords(language, texts);
    }

    /** The words for a key, as HTML. */
    String html(String key) {
        var text = key.equals("lang") ? language : texts.getOrDefault(key, key);
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Puts words where a page has {@code {{key}}}. */
    String fill(String page) {
        return PLACE.matcher(page).replaceAll(place -> Matcher.quoteReplacement(html(place.group(1))));
    }
}
