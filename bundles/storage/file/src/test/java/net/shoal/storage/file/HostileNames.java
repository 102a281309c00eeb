package net.shoal.storage.file;

import java.util.List;
import net.shoal.base.metainfo.SafeNames;

/** Names that lead elsewhere, mean something to some system, cannot be held by another, or only look like what they are not. */
final class HostileNames {
    static final List<String> ALL = List.of(
            "..",
            ".",
            "",
            "/",
            "//",
            "a/b",
            "../x",
            "../../canary/secret",
            "/etc/passwd",
            "\\..\\x",
            "..\\..\\x",
            "C:",
            "C:\\x",
            "\\\\server\\share",
            "CON",
            "nul.txt",
            "com1",
            "COM¹",
            "lpt³.txt",
            "CONOUT$",
            "con .txt",
            "a. . .",
            "a:$DATA",
            "aux.",
            "a:b",
            "a?b",
            "a*b",
            "a<b>",
            "a|b",
            "a\u0000b",
            "\u0000",
            "a\nb",
            "a\u001b[2Jb",
            "a.",
            "a ",
            " a",
            "...",
            "~",
            "-rf",
            "$(x)",
            "`x`",
            "%2e%2e",
            "%2E%2E%2F",
            "a".repeat(256),
            "é".repeat(200),
            "😀".repeat(100),
            "\ud800",
            "\udc00x",
            "e\u0301",
            "é",
            "A",
            "a",
            "ß",
            "SS",
            "ﬁ",
            "İ",
            "\u202etxt.exe",
            "\ufeff",
            "canary",
            "secret",
            ".shoal-0000000000000000");

    private HostileNames() {}

    /** To tell them apart in a report. */
    static String describe(String name) {
        var shown = SafeNames.forDisplay(name.length() > 20 ? name.substring(0, 20) + "…" : name);
        return "\"" + shown + "\" (" + Integer.toHexString(name.hashCode()) + ")";
    }
}
