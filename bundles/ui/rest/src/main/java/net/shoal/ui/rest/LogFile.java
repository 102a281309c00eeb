package net.shoal.ui.rest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The end of the node's log, as its launcher writes it: {@code TIME LEVEL LOGGER: MESSAGE}; stack traces are left out. */
final class LogFile {
    private static final Pattern LINE = Pattern.compile("(\\S+Z) (ERROR|WARN|INFO|DEBUG) +([^ :]+): (.*)");
    private static final List<String> LEVELS = List.of("debug", "info", "warn", "error");
    private static final int TAIL = 1 << 20;

    private final Path file;

    LogFile(Path home) {
        file = home.resolve("log").resolve("shoal.0.log");
    }

    Object tail(String level, int most) throws ApiException, IOException {
        int least = LEVELS.indexOf(level);
        if (least < 0) {
            throw ApiException.wrong("level", "level is one of " + String.join(", ", LEVELS));
        }
        Deque<Object> entries = new ArrayDeque<>();
        for (var line : lines()) {
            var matcher = LINE.matcher(line);
            if (matcher.matches()) {
                var word = matcher.group(2).toLowerCase(Locale.ROOT);
                if (LEVELS.indexOf(word) >= least) {
                    entries.addLast(Json.object(
                            "at",
                            millis(matcher.group(1)),
                            "level",
                            word,
                            "logger",
                            matcher.group(3),
                            "message",
                            matcher.group(4)));
                }
                if (entries.size() > most) {
                    entries.removeFirst();
                }
            }
        }
        return Json.object("file", file.toString(), "entries", entries);
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long begin = Math.max(0, in.length() - TAIL);
            in.seek(begin);
            var bytes = new byte[(int) (in.length() - begin)];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .skip(begin > 0 ? 1 : 0)
                    .toList();
        }
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }
}
