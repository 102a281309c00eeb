package net.shoal.storage.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * One name of a torrent as a name on disk: itself wherever the file system can hold it. What it cannot hold is written as {@code %XX},
 * reserved names get a {@code _} in front, and long ones are cut and told apart by the beginning of their SHA-256.
 */
final class DiskName {
    /** NAME_MAX of the usual file systems, in bytes. */
    private static final int LONGEST = 255;

    private static final int LONGEST_EXTENSION = 16;
    private static final String NOT_ON_WINDOWS = "<>:\"|?*\\";
    private static final Set<String> RESERVED_ON_WINDOWS = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "com¹", "com²", "com³", "lpt¹", "lpt²",
            "lpt³", "conin$", "conout$");

    private DiskName() {}

    static String of(String name, NameRules rules, FileSystem system) {
        var held = escaped(name, rules.windows() ? NOT_ON_WINDOWS : "", rules.windows());
        if (held.isEmpty()) {
            held = "_";
        } else if (held.equals(".") || held.equals("..")) {
            held = held.replace(".", "%2E"); // refused when metainfo is read; never rely on it
        }
        if (rules.windows()) {
            held = forWindows(held);
        }
        return shortened(encodable(held, system), name);
    }

    /** A name that is free, made of one that is taken: {@code name~2.txt}. */
    static String numbered(String name, int number) {
        int dot = extensionAt(name);
        return cut(name.substring(0, dot), LONGEST - LONGEST_EXTENSION - 12) + "~" + number + name.substring(dot);
    }

    private static String escaped(String name, String forbidden, boolean controls) {
        var held = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == 0 || forbidden.indexOf(c) >= 0 || (controls && c < ' ')) {
                held.append(percent(c));
            } else {
                held.append(c);
            }
        }
        return held.toString();
    }

    private static String forWindows(String name) {
        char last = name.charAt(name.length() - 1);
        var held = last == '.' || last == ' ' ? name.substring(0, name.length() - 1) + percent(last) : name;
        int dot = held.indexOf('.');
        var stem = (dot < 0 ? held : held.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return RESERVED_ON_WINDOWS.contains(stem) ? "_" + held : held;
    }

    /** Under a locale like {@code C}, or for half a surrogate pair, Java has no path for a name: its UTF-8 bytes are written out. */
    private static String encodable(String name, FileSystem system) {
        try {
            if (system.getPath(name).getNameCount() == 1) {
                return name;
            }
        } catch (InvalidPathException e) {
            // falls through
        }
        var held = new StringBuilder();
        for (byte b : name.getBytes(UTF_8)) {
            boolean plain = b > ' ' && b < 0x7f && NOT_ON_WINDOWS.indexOf(b) < 0;
            held.append(plain || b == ' ' ? String.valueOf((char) b) : percent((char) (b & 0xff)));
        }
        return held.toString();
    }

    private static String shortened(String held, String original) {
        if (held.getBytes(UTF_8).length <= LONGEST) {
            return held;
        }
        int dot = extensionAt(held);
        var tail = "~" + digest(original) + held.substring(dot);
        return cut(held.substring(0, dot), LONGEST - tail.getBytes(UTF_8).length) + tail;
    }

    /** At most so many bytes of UTF-8, and no half characters. */
    private static String cut(String text, int bytes) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (used > bytes) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }

    private static int extensionAt(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && name.substring(dot).getBytes(UTF_8).length <= LONGEST_EXTENSION ? dot : name.length();
    }

    private static String percent(char c) {
        return String.format(Locale.ROOT, "%%%02X", (int) c);
    }

    private static String digest(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
