package net.shoal.ui.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The files of the console as the build has put them together, and what they import of each other. */
final class Sources {
    static final Path WWW = Path.of("target/classes/net/shoal/ui/console/www");

    private static final Pattern IMPORT =
            Pattern.compile("\\b(?:import|export)\\s*(?:[\\w*{}\\s,$]*?\\bfrom\\s*)?['\"]([^'\"]+)['\"]");
    private static final Pattern IMPORTED_LATER = Pattern.compile("import\\(['\"]([^'\"]+)['\"]\\)");
    private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\": \"(/[^\"]+)\"");

    private Sources() {}

    /** Our own modules: text by path below {@link #WWW}. */
    static Map<Path, String> modules() throws IOException {
        var modules = new LinkedHashMap<Path, String>();
        try (var files = Files.walk(WWW.resolve("app"))) {
            for (var file :
                    files.filter(one -> one.toString().endsWith(".js")).sorted().toList()) {
                modules.put(file, Files.readString(file));
            }
        }
        return modules;
    }

    /** A module and all that has to be there before it runs. */
    static Set<Path> needed(Path module) throws IOException {
        var all = new LinkedHashSet<Path>();
        collect(module, all);
        return all;
    }

    private static void collect(Path module, Set<Path> all) throws IOException {
        if (all.add(module)) {
            for (var named : imports(module, IMPORT)) {
                collect(named, all);
            }
        }
    }

    static Set<Path> importedLater(Path module) throws IOException {
        return imports(module, IMPORTED_LATER);
    }

    private static Set<Path> imports(Path module, Pattern how) throws IOException {
        var named = new LinkedHashSet<Path>();
        var found = how.matcher(Files.readString(module));
        while (found.find()) {
            named.add(resolve(module, found.group(1)));
        }
        return named;
    }

    private static Path resolve(Path module, String name) throws IOException {
        if (name.startsWith(".")) {
            return module.resolveSibling(name).normalize();
        }
        var longest = "";
        var target = "";
        var map = MAPPED.matcher(Files.readString(WWW.resolve("index.html")));
        while (map.find()) {
            var key = map.group(1);
            boolean fits = key.endsWith("/") ? name.startsWith(key) : name.equals(key);
            if (fits && key.length() > longest.length()) {
                longest = key;
                target = map.group(2) + name.substring(key.length());
            }
        }
        return WWW.resolve(target.isEmpty() ? name : target.substring(1));
    }
}
