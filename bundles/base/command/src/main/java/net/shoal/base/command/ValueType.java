package net.shoal.base.command;

import java.util.function.Consumer;

/** What may stand behind an option or as an argument; checked when the command line is read, so that whoever uses a value need not. */
public enum ValueType {
    TEXT("TEXT", text -> {}),
    PATH("PATH", ValueType::checkPath),
    DIRECTORY("DIR", ValueType::checkPath),
    /** A magnet link, a path or URL of a .torrent file, or a bare infohash. */
    LINK("LINK", ValueType::checkPath),
    /** An infohash or a unique prefix of one. */
    ID("ID", ValueType::checkId),
    /** The same, or {@code all} of them. */
    IDS("ID", ValueType::checkIds),
    /** What {@code set} changes. */
    ASSIGNMENT("KEY=VALUE", Assignment::parse),
    KEY("KEY", Values::checkKey),
    /** The Bundle-SymbolicName of a plugin. */
    PLUGIN("NAME", ValueType::checkPlugin),
    SETTING("PID:KEY=VALUE", ValueType::checkSetting),
    SIZE("SIZE", Values::size),
    PIECE_SIZE("SIZE", Values::checkPieceSize),
    RATE("RATE", Values::rate),
    DURATION("DURATION", Values::duration),
    /** {@code [HOST:]PORT}, to listen on. */
    LISTEN("[HOST:]PORT", Endpoint::parseListen),
    /** {@code HOST:PORT} of the console, or {@code off}. */
    CONSOLE("HOST:PORT|off", ValueType::checkConsole),
    /** {@code HOST:PORT}, to dial. */
    ENDPOINT("HOST:PORT", Endpoint::parse),
    GLOB("GLOB", Values::checkGlob),
    URL("URL", Values::url);

    /** In place of an ID, where a command takes it. */
    public static final String ALL = "all";

    /** Digits of an infohash that a prefix must have at least. */
    static final int ID_DIGITS = 6;

    private final String placeholder;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Consumer<String> check;

    ValueType(String placeholder, Consumer<String> check) {
        this.placeholder = placeholder;
        this.check = check;
    }

    String placeholder() {
        return placeholder;
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong and what would be right */
    void check(String text) {
        check.accept(text);
    }

    private static void checkPath(String text) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path is missing here");
        }
    }

    private static void checkId(String text) {
        if (!text.matches("[0-9a-fA-F]{" + ID_DIGITS + ",64}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no ID; an ID is an infohash in hex, or at least its first " + ID_DIGITS
                            + " digits, as `ls` shows it");
        }
    }

    private static void checkConsole(String text) {
        if (!text.equals("off")) {
            Endpoint.parseListen(text);
        }
    }

    private static void checkPlugin(String text) {
        if (!text.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no name of a plugin; `plugins ls` shows those there are");
        }
    }

    private static void checkIds(String text) {
        if (!text.equals(ALL)) {
            checkId(text);
        }
    }

    private static void checkSetting(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' sets nothing; write PID:KEY=VALUE, such as net.shoal.net:scope=lan");
        }
        Values.checkKey(text.substring(0, equals));
    }
}
