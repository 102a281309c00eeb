package net.shoal.ui.rpc.transmission;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import net.shoal.api.node.Settings;
import net.shoal.api.node.UserFolder;
import net.shoal.base.command.Values;

/**
 * {@code session-get} and {@code session-set}: settings of the node by the names of Transmission. Transmission has a value and whether it holds
 * where a node has a value or 0: a value that does not hold is remembered while the node runs. What a node has no setting for has the value
 * that describes how it is, and can be set to that alone.
 */
final class SessionSettings {
    static final String ENGINE = "net.shoal.engine:";
    private static final String LISTEN = "net.shoal.net:listen";
    private static final String SECURITY = "net.shoal.net:security";
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final long EVERY_DAY = 0x7f;
    private static final int MINUTES_OF_A_DAY = 24 * 60;
    /** Bytes of a unit in which Transmission gives them. */
    private static final long KILO = Fields.KILO;

    /** A number that holds or does not: the names of both, the setting in which 0 is that it does not, its unit, and what it is at first. */
    private record Limit(String value, String holds, String setting, long unit, double usual) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("speed-limit-down", "speed-limit-down-enabled", ENGINE + "downLimit", KILO, 100),
            new Limit("speed-limit-up", "speed-limit-up-enabled", ENGINE + "upLimit", KILO, 100),
            new Limit("seedRatioLimit", "seedRatioLimited", ENGINE + "seedRatio", 1, 2),
            new Limit("idle-seeding-limit", "idle-seeding-limit-enabled", ENGINE + "seedIdle", 1, 30),
            new Limit("download-queue-size", "download-queue-enabled", ENGINE + "maxActiveDownloads", 1, 5),
            new Limit("seed-queue-size", "seed-queue-enabled", ENGINE + "maxActiveSeeds", 1, 10));

    private final Settings settings;
    private final Supplier<OptionalInt> port;
    private final Facts facts;
    private final Map<String, Double> remembered = new LinkedHashMap<>();

    /**
     * What is no setting.
     *
     * @param version of the node
     * @param token the session id that requests have to bring
     */
    record Facts(String version, Path home, String token) {}

    /** @param port where peers reach the node */
    SessionSettings(Settings settings, Supplier<OptionalInt> port, Facts facts) {
        this.settings = settings;
        this.port = port;
        this.facts = facts;
    }

    private String text(String key) {
        return settings.find(key).map(Settings.Setting::value).orElse("");
    }

    private long number(String key) {
        var text = text(key);
        return text.isEmpty() ? 0 : Values.size(text);
    }

    private boolean truth(String key) {
        return text(key).equals("true");
    }

    // ---- what there is

    /** All of them, or those that {@code fields} names. */
    Map<String, ?> get(Arguments arguments) throws RpcException {
        var all = all();
        arguments.texts("fields").ifPresent(names -> all.keySet().retainAll(names));
        return all;
    }

    private Map<String, Object> all() {
        var all = new LinkedHashMap<String, Object>();
        all.put("version", "4.0.6 (Shoal " + facts.version() + ")");
        all.put("rpc-version", 17L);
        all.put("rpc-version-minimum", 14L);
        all.put("rpc-version-semver", "5.3.0");
        all.put("session-id", facts.token());
        all.put("config-dir", facts.home().toString());
        all.put("download-dir", UserFolder.downloads(settings).toString());
        all.put(
                "download-dir-free-space",
                FreeSpace.of(UserFolder.downloads(settings))
                        .map(FreeSpace::free)
                        .orElse(-1L));
        for (var limit : LIMITS) {
            double now = decimal(limit) / limit.unit();
            boolean isWhole = !limit.value().equals("seedRatioLimit");
            double shown = now > 0 ? now : remembered.getOrDefault(limit.value(), limit.usual());
            all.put(limit.value(), isWhole ? (Object) (long) shown : (Object) shown);
            all.put(limit.holds(), now > 0);
        }
        night(all);
        all.put("peer-limit-global", number(ENGINE + "maxConnections"));
        all.put("peer-limit-per-torrent", number(ENGINE + "maxPeers"));
        all.put("peer-port", port());
        all.put("cache-size-mb", number(ENGINE + "writeCache"));
        all.put("dht-enabled", truth("net.shoal.discovery.dht:enabled"));
        all.put("lpd-enabled", truth("net.shoal.discovery.lsd:enabled"));
        all.put("encryption", encryption());
        fixed(all);
        return all;
    }

    private double decimal(Limit limit) {
        var text = text(limit.setting());
        return limit.unit() > 1 ? number(limit.setting()) : text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    private void night(Map<String, Object> all) {
        all.put("alt-speed-down", number(ENGINE + "nightDownLimit") / KILO);
        all.put("alt-speed-up", number(ENGINE + "nightUpLimit") / KILO);
        all.put("alt-speed-time-enabled", isNightSet());
        all.put("alt-speed-time-begin", minutes(text(ENGINE + "nightFrom"), "alt-speed-time-begin", 540));
        all.put("alt-speed-time-end", minutes(text(ENGINE + "nightTo"), "alt-speed-time-end", 1020));
        all.put("alt-speed-time-day", days(text(ENGINE + "nightDays")));
    }

    private boolean isNightSet() {
        return !text(ENGINE + "nightFrom").isBlank()
                && !text(ENGINE + "nightTo").isBlank();
    }

    /** After midnight; what was said while there was no night, else what Transmission begins with. */
    private long minutes(String clock, String name, int usual) {
        var parts = clock.strip().split(":", -1);
        return parts.length < 2
                ? remembered.getOrDefault(name, (double) usual).longValue()
                : Long.parseLong(parts[0]) * 60 + Long.parseLong(parts[1]);
    }

    private static long days(String text) {
        long days = 0;
        for (var day : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            int place = DAYS.indexOf(day.strip());
            days |= place < 0 ? 0 : 1L << place;
        }
        return days == 0 ? EVERY_DAY : days;
    }

    private long port() {
        return port.get().orElse(0);
    }

    private String encryption() {
        return switch (text(SECURITY).toLowerCase(Locale.ROOT)) {
            case "prefer" -> "preferred";
            case "plain" -> "tolerated";
            default -> "required";
        };
    }

    /** How a node is, whatever one would like. */
    private static void fixed(Map<String, Object> all) {
        all.put("alt-speed-enabled", false);
        all.put("anti-brute-force-enabled", true);
        all.put("anti-brute-force-threshold", 5L);
        all.put("blocklist-enabled", false);
        all.put("blocklist-size", 0L);
        all.put("blocklist-url", "");
        all.put("default-trackers", "");
        all.put("incomplete-dir", "");
        all.put("incomplete-dir-enabled", false);
        all.put("peer-port-random-on-start", false);
        all.put("pex-enabled", true);
        all.put("port-forwarding-enabled", false);
        all.put("queue-stalled-enabled", true);
        all.put("queue-stalled-minutes", 1L);
        all.put("rename-partial-files", false);
        all.put("script-torrent-added-enabled", false);
        all.put("script-torrent-added-filename", "");
        all.put("script-torrent-done-enabled", false);
        all.put("script-torrent-done-filename", "");
        all.put("script-torrent-done-seeding-enabled", false);
        all.put("script-torrent-done-seeding-filename", "");
        all.put("start-added-torrents", true);
        all.put("tcp-enabled", true);
        all.put("trash-original-torrent-files", false);
        all.put("utp-enabled", false);
        all.put(
                "units",
                Map.of(
                        "speed-units",
                        List.of("kB/s", "MB/s", "GB/s", "TB/s"),
                        "speed-bytes",
                        KILO,
                        "size-units",
                        List.of("kB", "MB", "GB", "TB"),
                        "size-bytes",
                        KILO,
                        "memory-units",
                        List.of("KiB", "MiB", "GiB", "TiB"),
                        "memory-bytes",
                        1024L));
    }

    // ---- what is to be different

    /** A setting and its new value. */
    private record Change(String key, String value) {}

    void set(Arguments arguments) throws RpcException {
        refuseFixed(arguments);
        var changes = new ArrayList<Change>();
        limits(arguments, changes);
        night(arguments, changes);
        plain(arguments, changes);
        for (var change : changes) {
            set(change);
        }
    }

    private void set(Change change) throws RpcException {
        if (settings.find(change.key()).isEmpty()) {
            throw new RpcException("this node has no setting " + change.key());
        }
        try {
            settings.set(change.key(), Optional.of(change.value()).filter(value -> !value.isEmpty()));
        } catch (IllegalArgumentException e) {
            throw new RpcException(String.valueOf(e.getMessage()));
        }
    }

    /** Programs that send back all they were told change nothing by it. */
    private static void refuseFixed(Arguments arguments) throws RpcException {
        var fixed = new LinkedHashMap<String, Object>();
        fixed(fixed);
        for (var entry : fixed.entrySet()) {
            var given = arguments.value(entry.getKey());
            if (given.isPresent() && !Objects.equals(given.get(), entry.getValue()) && !isText(entry.getKey())) {
                throw new RpcException(reason(entry.getKey(), entry.getValue()));
            }
        }
    }

    /** Names of files and URLs mean nothing where what they belong to is off. */
    private static boolean isText(String name) {
        return name.endsWith("-filename") || name.equals("incomplete-dir") || name.equals("blocklist-url");
    }

    private static String reason(String name, Object value) {
        return switch (name) {
            case "alt-speed-enabled" ->
                "other limits hold at night, by the clock: alt-speed-time-enabled and what belongs to it";
            case "blocklist-enabled" -> "this node takes no lists of addresses to block";
            case "incomplete-dir-enabled" -> "this node downloads to where the content is to be";
            case "port-forwarding-enabled" -> "this node does not ask routers for ports; forward its port by hand";
            case "script-torrent-added-enabled", "script-torrent-done-enabled", "script-torrent-done-seeding-enabled" ->
                "what is run when something is complete is set on the node alone: net.shoal.automation.command:onCompletion";
            case "start-added-torrents" -> "what is added begins, but with paused: true";
            case "trash-original-torrent-files" ->
                "what becomes of .torrent files in watched folders is the setting net.shoal.automation.watch:afterwards";
            default -> name + " is " + value + " on this node, and nothing else";
        };
    }

    private void limits(Arguments arguments, List<Change> changes) throws RpcException {
        for (var limit : LIMITS) {
            var given = arguments.decimal(limit.value());
            var holds = arguments.flag(limit.holds());
            double now = decimal(limit) / limit.unit();
            given.ifPresent(value -> remembered.put(limit.value(), value));
            if (holds.isPresent() ? !holds.get() : now == 0) {
                if (now > 0) {
                    remembered.putIfAbsent(limit.value(), now);
                    changes.add(new Change(limit.setting(), "0"));
                }
                continue;
            }
            double value = given.orElse(now > 0 ? now : remembered.getOrDefault(limit.value(), limit.usual()));
            if (value == 0) {
                throw new RpcException(limit.value() + " is more than 0 where it is to hold");
            }
            if (value != now) {
                changes.add(new Change(limit.setting(), shown(limit, value)));
            }
        }
    }

    private static String shown(Limit limit, double value) {
        return limit.setting().endsWith("seedRatio")
                ? Double.toString(value)
                : Long.toString(Math.round(value * limit.unit()));
    }

    private void night(Arguments arguments, List<Change> changes) throws RpcException {
        for (var way : List.of("down", "up")) {
            var rate = arguments.whole("alt-speed-" + way, 0, Long.MAX_VALUE / KILO);
            if (rate.isPresent()) {
                var setting = way.equals("down") ? "nightDownLimit" : "nightUpLimit";
                changes.add(new Change(ENGINE + setting, Long.toString(rate.getAsLong() * KILO)));
            }
        }
        var days = arguments.whole("alt-speed-time-day", 1, EVERY_DAY);
        if (days.isPresent()) {
            changes.add(new Change(ENGINE + "nightDays", days(days.getAsLong())));
        }
        hours(arguments, changes);
    }

    private void hours(Arguments arguments, List<Change> changes) throws RpcException {
        for (var name : List.of("alt-speed-time-begin", "alt-speed-time-end")) {
            arguments.whole(name, 0, MINUTES_OF_A_DAY - 1).ifPresent(at -> remembered.put(name, (double) at));
        }
        boolean wanted = arguments.flag("alt-speed-time-enabled").orElse(isNightSet());
        boolean isNamed = arguments.has("alt-speed-time-begin") || arguments.has("alt-speed-time-end");
        if (wanted == isNightSet() && !(wanted && isNamed)) {
            return;
        }
        long from = arguments
                .whole("alt-speed-time-begin", 0, MINUTES_OF_A_DAY - 1)
                .orElse(minutes(text(ENGINE + "nightFrom"), "alt-speed-time-begin", 540));
        long to = arguments
                .whole("alt-speed-time-end", 0, MINUTES_OF_A_DAY - 1)
                .orElse(minutes(text(ENGINE + "nightTo"), "alt-speed-time-end", 1020));
        if (wanted && from == to) {
            throw new RpcException("alt-speed-time-begin and alt-speed-time-end are the same moment");
        }
        // through no night at all, so that the hours never meet on the way
        changes.add(new Change(ENGINE + "nightTo", ""));
        changes.add(new Change(ENGINE + "nightFrom", wanted ? clock(from) : ""));
        if (wanted) {
            changes.add(new Change(ENGINE + "nightTo", clock(to)));
        } else {
            remembered.put("alt-speed-time-begin", (double) from);
            remembered.put("alt-speed-time-end", (double) to);
        }
    }

    private static String clock(long minutes) {
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }

    private static String days(long bits) {
        if (bits == EVERY_DAY) {
            return "";
        }
        var days = new ArrayList<String>();
        for (int i = 0; i < DAYS.size(); i++) {
            if ((bits >> i & 1) != 0) {
                days.add(DAYS.get(i));
            }
        }
        return String.join(", ", days);
    }

    private void plain(Arguments arguments, List<Change> changes) throws RpcException {
        var folder = arguments.text("download-dir");
        if (folder.isPresent()) {
            var path = AbsolutePath.parse("download-dir", folder.get());
            changes.add(new Change(UserFolder.DOWNLOADS_SETTING, path.toString()));
        }
        whole(arguments, "peer-limit-global", ENGINE + "maxConnections", changes);
        whole(arguments, "peer-limit-per-torrent", ENGINE + "maxPeers", changes);
        whole(arguments, "cache-size-mb", ENGINE + "writeCache", changes);
        flag(arguments, "dht-enabled", "net.shoal.discovery.dht:enabled", changes);
        flag(arguments, "lpd-enabled", "net.shoal.discovery.lsd:enabled", changes);
        var wantedPort = arguments.whole("peer-port", 0, 65_535);
        if (wantedPort.isPresent() && wantedPort.getAsLong() != port()) {
            changes.add(new Change(LISTEN, listen(wantedPort.getAsLong())));
        }
        var security = arguments.text("encryption");
        if (security.isPresent() && !security.get().equals(encryption())) {
            changes.add(new Change(SECURITY, security(security.get())));
        }
    }

    private static void whole(Arguments arguments, String name, String key, List<Change> changes) throws RpcException {
        arguments
                .whole(name, 0, Integer.MAX_VALUE)
                .ifPresent(value -> changes.add(new Change(key, Long.toString(value))));
    }

    private static void flag(Arguments arguments, String name, String key, List<Change> changes) throws RpcException {
        arguments.flag(name).ifPresent(value -> changes.add(new Change(key, value.toString())));
    }

    /** The same addresses as before, each with this port. */
    private String listen(long wanted) {
        var before = text(LISTEN).strip();
        return before.isEmpty()
                ? Long.toString(wanted)
                : String.join(
                        ", ",
                        List.of(before.split(",")).stream()
                                .map(String::strip)
                                .map(place -> place.substring(0, place.lastIndexOf(':') + 1) + wanted)
                                .toList());
    }

    private static String security(String word) throws RpcException {
        return switch (word) {
            case "required" -> "mse";
            case "preferred" -> "prefer";
            case "tolerated", "allowed" -> "plain";
            default -> throw new RpcException("encryption is required, preferred or tolerated");
        };
    }
}
