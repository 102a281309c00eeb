package net.shoal.base.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What a client sends to the control socket, one JSON object a line.
 *
 * @param cwd absolute; relative paths among the arguments are meant from there
 * @param input what the client has read from its user, where the command wants that: a secret, unlike the arguments
 */
public record Request(List<String> args, String cwd, Optional<String> input) {
    public Request {
        args = List.copyOf(args);
    }

    public Request(List<String> args, String cwd) {
        this(args, cwd, Optional.empty());
    }

    @Override
    public String toString() {
        return "Request[" + args + " in " + cwd + "]";
    }

    public String toLine() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("args", args);
        fields.put("cwd", cwd);
        input.ifPresent(text -> fields.put("input", text));
        return Json.write(fields);
    }

    /** @throws IllegalArgumentException if the line is no request */
    public static Request ofLine(String line) {
        var fields = new Fields(Json.readObject(line));
        if (!(fields.map().get("args") instanceof List<?> args)
                || !args.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("a request is {\"args\":[\"WORD\",…],\"cwd\":\"/…\"}");
        }
        var input = Optional.ofNullable(fields.map().get("input"))
                .filter(String.class::isInstance)
                .map(String.class::cast);
        return new Request(fields.texts("args"), fields.text("cwd"), input);
    }
}
