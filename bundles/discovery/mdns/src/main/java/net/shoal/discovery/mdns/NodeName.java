package net.shoal.discovery.mdns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.shoal.base.command.SafeText;

/** What a node is called where nobody has said: as its machine is, without asking any server for it. */
final class NodeName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private NodeName() {}

    static String of(String setting, Map<String, String> environment) {
        var given = SafeText.of(setting).strip();
        return given.isEmpty() ? host(environment) : given;
    }

    private static String host(Map<String, String> environment) {
        var name = read();
        for (var variable : new String[] {"COMPUTERNAME", "HOSTNAME"}) {
            name = name.isEmpty() ? environment.getOrDefault(variable, "") : name;
        }
        int dot = name.indexOf('.');
        var first = SafeText.of(dot < 0 ? name : name.substring(0, dot)).strip();
        return first.isEmpty() ? "Shoal" : first;
    }

    private static String read() {
        try {
            return Files.isReadable(LINUX) ? Files.readString(LINUX).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
