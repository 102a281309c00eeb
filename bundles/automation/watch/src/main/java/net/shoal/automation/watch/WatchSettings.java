package net.shoal.automation.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings, understood.
 *
 * @param folders what is watched, and where its content goes
 * @param problems what is wrong with the settings, in sentences; what they are about is not watched
 */
record WatchSettings(
        Map<Path, Path> folders, WatchConfig.Afterwards afterwards, Duration interval, List<String> problems) {
    private static final String DOWNLOADS = "downloads";

    static WatchSettings of(List<String> folders, String to, WatchConfig.Afterwards afterwards, Duration interval) {
        var problems = new ArrayList<String>();
        var destination = to.isBlank() ? Optional.<Path>empty() : absolute("to", to, problems);
        var watched = new LinkedHashMap<Path, Path>();
        for (var text : folders) {
            absolute("folders", text, problems)
                    .ifPresent(folder -> watched.put(folder, destination.orElse(folder.resolve(DOWNLOADS))));
        }
        if (!to.isBlank() && destination.isEmpty()) {
            watched.clear();
        }
        var all = List.copyOf(watched.keySet());
        watched.values().removeIf(target -> isWatched(target, all, problems));
        return new WatchSettings(watched, afterwards, interval, List.copyOf(problems));
    }

    private static Optional<Path> absolute(String setting, String text, List<String> problems) {
        try {
            var path = Path.of(text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text);
            if (path.isAbsolute()) {
                return Optional.of(path.normalize());
            }
        } catch (InvalidPathException e) {
            problems.add("%s:%s: '%s' is no path (%s)".formatted(WatchConfig.PID, setting, text, e.getReason()));
            return Optional.empty();
        }
        problems.add("%s:%s: '%s' is no absolute path; write it from the root down"
                .formatted(WatchConfig.PID, setting, text));
        return Optional.empty();
    }

    /** What peers send must never be taken for what the user put there. */
    private static boolean isWatched(Path target, List<Path> folders, List<String> problems) {
        boolean isWatched = folders.stream().anyMatch(folder -> isSame(folder, target));
        if (isWatched) {
            problems.add("%s:to: %s is itself watched, so that what is downloaded would be added; name another folder"
                    .formatted(WatchConfig.PID, target));
        }
        return isWatched;
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.equals(other) || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
        } catch (IOException e) {
            return false;
        }
    }
}
