package net.shoal.base.command;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a client sends to the control socket, one JSON object a line.
 *
 * @param cwd absolute; relative paths among the arguments are meant from there
 */
public record Request(List<String> args, String cwd) {
    public Request {
        args = List.copyOf(args);
    }

    public String toLine() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("args", args);
        fields.put("cwd", cwd);
        return Json.write(fields);
    }

    /** @throws IllegalArgumentException if the line is no request */
    public static Request ofLine(String line) {
        var fields = new Fields(Json.readObject(line));
        if (!(fields.map().get("args") instanceof List<?> args)
                || !args.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("a request is {\"args\":[\"WORD\",…],\"cwd\":\"/…\"}");
        }
        return new Request(fields.texts("args"), fields.text("cwd"));
    }
}
