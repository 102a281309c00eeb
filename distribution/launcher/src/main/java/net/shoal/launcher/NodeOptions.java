package net.shoal.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.shoal.base.command.Invocation;
import net.shoal.base.command.UsageException;

/** Options of a node as the settings they stand for: one {@code PID:KEY=VALUE} a line, several values separated by commas. */
final class NodeOptions {
    private static final String SCOPE = "net.shoal.net:scope";
    private static final String CONSOLE = "net.shoal.ui.web:listen";
    private static final String LISTEN = "net.shoal.net:listen";
    private static final List<String> SCOPES = List.of("loopback", "lan", "internet");
    /** Options with one setting each. */
    private static final Map<String, String> SETTINGS = Map.of(
            "--net", SCOPE,
            "--security", "net.shoal.net:security",
            "--serve-tracker", "net.shoal.tracker:listen",
            "--storage", "net.shoal.engine:storage");

    private NodeOptions() {}

    /** @throws UsageException if the environment says something that cannot be */
    static List<String> settings(Invocation invocation, Map<String, String> environment, boolean temporary)
            throws UsageException {
        var lines = new ArrayList<String>();
        scopeOf(environment).ifPresent(scope -> lines.add(SCOPE + "=" + scope));
        var listen = invocation.values("--listen");
        if (!listen.isEmpty()) {
            lines.add(LISTEN + "=" + String.join(",", listen));
        } else if (temporary) {
            lines.add(LISTEN + "=0");
        }
        SETTINGS.keySet().stream().sorted().forEach(option -> invocation
                .value(option)
                .ifPresent(value -> lines.add(SETTINGS.get(option) + "=" + value)));
        if (hasConsole(invocation, temporary)) {
            invocation.value("--console").ifPresent(place -> lines.add(CONSOLE + "=" + place));
        }
        lines.addAll(invocation.values("--set"));
        return lines;
    }

    /** A node that serves one command has none, whatever is asked for. */
    static boolean hasConsole(Invocation invocation, boolean temporary) {
        return !temporary && !invocation.value("--console").equals(Optional.of("off"));
    }

    private static Optional<String> scopeOf(Map<String, String> environment) throws UsageException {
        var scope = Optional.ofNullable(environment.get("SHOAL_NET")).filter(text -> !text.isEmpty());
        if (scope.isPresent() && !SCOPES.contains(scope.get())) {
            throw new UsageException(
                    "SHOAL_NET is '" + scope.get() + "'; it is loopback, lan or internet", Optional.empty());
        }
        return scope;
    }
}
