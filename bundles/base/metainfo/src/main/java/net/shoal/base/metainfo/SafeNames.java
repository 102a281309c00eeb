package net.shoal.base.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Turns names that strangers chose into ones that are safe to show and to keep. */
public final class SafeNames {
    /** What nearly every file system takes for one name, in bytes of UTF-8. */
    public static final int MAX_BYTES = 255;

    /** Names Windows keeps for devices, whatever follows a dot. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "com¹", "com²", "com³", "lpt¹", "lpt²",
            "lpt³", "conin$", "conout$");

    private SafeNames() {}

    /**
     * For terminals, logs and pages: control characters, which can drive a terminal, and those that turn the direction of writing, which can
     * make {@code exe.txt} of {@code txt.exe}, become U+FFFD.
     */
    public static String forDisplay(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(isUnsafeToShow(c) ? 0xFFFD : c));
        return out.toString();
    }

    private static boolean isUnsafeToShow(int c) {
        int type = Character.getType(c);
        boolean turnsDirection =
                (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
        return turnsDirection
                || type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /**
     * One name that any common file system can hold, Windows' among them: what those cannot becomes {@code _}, and what is too long is cut
     * before its extension. Different names may become the same.
     */
    public static String forAnyFileSystem(String name) {
        var out = new StringBuilder(name.length());
        forDisplay(name)
                .codePoints()
                .forEach(c -> out.appendCodePoint(c == 0xFFFD || "<>:\"/\\|?*".indexOf(c) >= 0 ? '_' : c));
        // Windows drops dots and spaces at the end in silence
        int end = out.length();
        while (end > 0 && (out.charAt(end - 1) == '.' || out.charAt(end - 1) == ' ')) {
            out.setCharAt(--end, '_');
        }
        var safe = out.isEmpty() ? "_" : out.toString();
        int dot = safe.indexOf('.');
        var stem = (dot < 0 ? safe : safe.substring(0, dot)).stripTrailing();
        return shorten(DEVICES.contains(stem.toLowerCase(Locale.ROOT)) ? "_" + safe : safe);
    }

    private static String shorten(String name) {
        if (utf8Length(name) <= MAX_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        var extension = dot > 0 && utf8Length(name.substring(dot)) <= 32 ? name.substring(dot) : "";
        int room = MAX_BYTES - utf8Length(extension);
        int end = 0;
        for (int used = 0; ; ) {
            int c = name.codePointAt(end);
            used += utf8Length(Character.toString(c));
            if (used > room) {
                return name.substring(0, end) + extension;
            }
            end += Character.charCount(c);
        }
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
