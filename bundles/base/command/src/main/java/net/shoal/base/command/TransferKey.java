package net.shoal.base.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What {@code set} changes about a transfer, as data: for its check, its help and its completion. */
public enum TransferKey {
    DOWN_LIMIT(
            "downLimit",
            "RATE",
            "bytes a second it downloads at most, such as 500KiB or 2MiB; 0 is no limit",
            List.of("1MiB", "0"),
            Values::rate),
    UP_LIMIT("upLimit", "RATE", "bytes a second it uploads at most; 0 is no limit", List.of("1MiB", "0"), Values::rate),
    MAX_PEERS(
            "maxPeers",
            "NUMBER",
            "peers it is connected to at most; 0 is as many as the node's setting",
            List.of("50", "0"),
            Values::count),
    RATIO(
            "ratio",
            "NUMBER|never|default",
            "uploaded to downloaded at which seeding ends; default is the node's setting",
            List.of("2", "never", "default"),
            Values::ratio),
    IDLE(
            "idle",
            "DURATION|never|default",
            "seeding ends when nobody has wanted anything for that long",
            List.of("30m", "never", "default"),
            Values::idle),
    SEQUENTIAL("sequential", "pieces in order rather than rarest first"),
    FIRST_LAST("firstLast", "the first and last pieces of each file before the others, for a preview"),
    SUPER_SEEDING("superSeeding", "for the first seed of new content: each peer is shown few pieces (BEP 16)"),
    FORCE("force", "at work whatever the queue says"),
    QUEUE(
            "queue",
            "top|up|down|bottom",
            "its place among those that wait for their turn",
            List.of("top", "up", "down", "bottom"),
            Values.oneOf("top", "up", "down", "bottom")),
    PRIORITY(
            "priority",
            "skip|low|normal|high",
            "of the files whose path matches, such as 'priority:*.mkv=high'; GLOB * is all of them",
            List.of("skip", "low", "normal", "high"),
            Values.oneOf("skip", "low", "normal", "high")),
    TRACKER("tracker", "URL", "one more to announce to, as a tier of its own", List.of(), Values::url),
    WEB_SEED("webSeed", "URL", "one more web server that has the content", List.of(), Values::checkWebUrl),
    PEER("peer", "HOST:PORT", "a peer to dial now", List.of(), Endpoint::parse);

    private final String key;
    private final String placeholder;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // always List.of
    private final List<String> examples;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Consumer<String> check;

    TransferKey(String key, String placeholder, String help, List<String> examples, Consumer<String> check) {
        this.key = key;
        this.placeholder = placeholder;
        this.help = help;
        this.examples = examples;
        this.check = check;
    }

    /** On or off. */
    TransferKey(String key, String help) {
        this(key, "on|off", help, List.of("on", "off"), Values::toggle);
    }

    /** As it is written, without the pattern of {@link #PRIORITY}. */
    public String key() {
        return key;
    }

    /** One command may give it several times. */
    public boolean mayRepeat() {
        return this == PRIORITY || this == TRACKER || this == WEB_SEED || this == PEER;
    }

    String usage() {
        return name(this == PRIORITY ? "GLOB" : "") + "=" + placeholder;
    }

    String help() {
        return help + (mayRepeat() ? " (may repeat)" : "");
    }

    /** Whole words to complete with: values that make sense, or the key alone where any may follow. */
    public List<String> completions() {
        var begin = name(this == PRIORITY ? "*" : "") + "=";
        return examples.isEmpty()
                ? List.of(begin)
                : examples.stream().map(begin::concat).toList();
    }

    private String name(String glob) {
        return glob.isEmpty() ? key : key + ":" + glob;
    }

    void check(String value) {
        check.accept(value);
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(TransferKey::key).toList();
    }
}
