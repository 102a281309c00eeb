package net.shoal.base.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What a node says while it carries out a command, one JSON object a line, the last one always an {@link Exit}. */
public sealed interface Reply {
    /** All members but the type, in order. */
    Map<String, Object> fields();

    String type();

    default String toLine() {
        return Json.write(typed());
    }

    /** All members, the type first. */
    default Map<String, Object> typed() {
        var all = new LinkedHashMap<String, Object>();
        all.put("type", type());
        all.putAll(fields());
        return all;
    }

    /** @throws IllegalArgumentException if the line is no reply */
    static Reply ofLine(String line) {
        var fields = new Fields(Json.readObject(line));
        return switch (fields.text("type")) {
            case "progress" -> Progress.of(fields);
            case "result" -> new Result(without(fields.map()));
            case "event" -> new Event(without(fields.map()));
            case "error" -> new Failure(fields.text("code"), fields.text("message"), fields.text("hint"));
            case "exit" -> new Exit((int) fields.number("status"));
            default -> throw new IllegalArgumentException("unknown reply '" + fields.text("type") + "'");
        };
    }

    private static Map<String, Object> without(Map<String, ?> typed) {
        var fields = new LinkedHashMap<String, Object>(typed);
        fields.remove("type");
        return fields;
    }

    /**
     * How far it is.
     *
     * @param done bytes of {@code total}, 0 while unknown
     * @param down bytes a second
     * @param up bytes a second
     * @param eta seconds
     * @param state a word, such as {@code hashing} or {@code downloading}
     * @param from in words, where the data comes from, or what it is waiting for
     */
    record Progress(
            String id,
            String name,
            long done,
            long total,
            long down,
            long up,
            int peers,
            OptionalLong eta,
            String state,
            String from)
            implements Reply {
        static Progress of(Fields fields) {
            return new Progress(
                    fields.text("id"),
                    fields.text("name"),
                    fields.number("done"),
                    fields.number("total"),
                    fields.number("down"),
                    fields.number("up"),
                    (int) fields.number("peers"),
                    fields.maybeNumber("eta"),
                    fields.text("state"),
                    fields.text("from"));
        }

        @Override
        public String type() {
            return "progress";
        }

        @Override
        public Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("id", id);
            fields.put("name", name);
            fields.put("done", done);
            fields.put("total", total);
            fields.put("down", down);
            fields.put("up", up);
            fields.put("peers", peers);
            fields.put("eta", eta);
            fields.put("state", state);
            fields.put("from", from);
            return fields;
        }
    }

    /** One object of what was asked for; its members depend on the command. */
    record Result(Map<String, Object> fields) implements Reply {
        public Result {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String type() {
            return "result";
        }
    }

    /** Something happened to a transfer. */
    record Event(Map<String, Object> fields) implements Reply {
        public Event {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String type() {
            return "event";
        }
    }

    /**
     * It failed.
     *
     * @param code for programs: {@code usage}, {@code failed}, {@code unknown}, {@code timeout}, {@code busy}, {@code bug}
     * @param message what failed, for people
     * @param hint what to try; may be empty
     */
    record Failure(String code, String message, String hint) implements Reply {
        @Override
        public String type() {
            return "error";
        }

        @Override
        public Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("code", code);
            fields.put("message", message);
            fields.put("hint", hint);
            return fields;
        }
    }

    /** The end: 0 done, 1 failed, 2 the command line was wrong. */
    record Exit(int status) implements Reply {
        @Override
        public String type() {
            return "exit";
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("status", status);
        }
    }
}
