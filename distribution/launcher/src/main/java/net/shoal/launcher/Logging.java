package net.shoal.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** SLF4J ends in java.util.logging, and that in a rotating file below the home, one line an event. */
final class Logging {
    private static final int FILE_BYTES = 4 << 20;
    private static final int FILES = 5;

    /** Kept: the log manager holds its loggers weakly, and their levels would go with them. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("net.shoal");

    private Logging() {}

    static void begin(HomeFolder home) throws IOException {
        LogManager.getLogManager().reset();
        var pattern = home.log().resolve("shoal").toString().replace("%", "%%") + ".%g.log";
        var file = new FileHandler(pattern, FILE_BYTES, FILES, true);
        file.setEncoding("UTF-8");
        file.setFormatter(new Line(true));
        file.setLevel(Level.ALL);
        ROOT.addHandler(file);
        ROOT.setLevel(Level.INFO);
        var debug = System.getProperty("shoal.debug", "");
        if (debug.equals("all")) {
            ROOT.setLevel(Level.ALL);
        } else if (debug.equals("true")) {
            OURS.setLevel(Level.FINE);
        }
    }

    /**
     * Keeps the warnings of the start back until {@link Warnings#show}: a node that does not come up says why in one line, and one that
     * does shows them, as it shows all that follow.
     */
    static Warnings warnings() {
        var warnings = new Warnings();
        ROOT.addHandler(warnings);
        return warnings;
    }

    /** Warnings on standard error. */
    static final class Warnings extends Handler {
        private static final int KEPT = 50;
        private final Line line = new Line(false);
        private final List<LogRecord> kept = new ArrayList<>();
        private boolean shown;

        private Warnings() {
            setLevel(Level.WARNING);
        }

        synchronized void show() {
            shown = true;
            kept.forEach(this::publish);
            kept.clear();
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            if (!isLoggable(entry)) {
                return;
            }
            if (shown) {
                System.err.print(line.format(entry));
            } else if (kept.size() < KEPT) {
                kept.add(entry);
            }
        }

        @Override
        public void flush() {
            System.err.flush();
        }

        @Override
        public void close() {}
    }

    /** Writes out and closes what there is; logging after this is lost. */
    static void end() {
        LogManager.getLogManager().reset();
    }

    /** {@code 2026-11-22T16:00:00.123Z WARN  net.shoal.net: message}; a stack trace follows only for our own bugs. */
    static final class Line extends Formatter {
        private final boolean traces;

        Line(boolean traces) {
            this.traces = traces;
        }

        @Override
        public String format(LogRecord entry) {
            var line = String.format(
                    Locale.ROOT,
                    "%s %-5s %s: %s",
                    Instant.ofEpochMilli(entry.getMillis()).truncatedTo(ChronoUnit.MILLIS),
                    word(entry.getLevel()),
                    entry.getLoggerName(),
                    formatMessage(entry).replace("\r", "").replace("\n", " | "));
            return line + thrown(entry) + System.lineSeparator();
        }

        private String thrown(LogRecord entry) {
            var thrown = entry.getThrown();
            if (thrown == null) {
                return "";
            }
            if (!traces || entry.getLevel().intValue() < Level.SEVERE.intValue()) {
                return " (" + thrown.toString().replace("\n", " | ") + ")";
            }
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace, true));
            return System.lineSeparator() + trace.toString().stripTrailing();
        }

        private static String word(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return "ERROR";
            }
            if (level.intValue() >= Level.WARNING.intValue()) {
                return "WARN";
            }
            return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
        }
    }
}
