package net.shoal.ui.rpc.qbittorrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each session was told last, so that it can be told what is different since. Bounded: whoever asked longest ago is told all again. Safe
 * for use from any thread.
 */
final class Snapshots {
    private static final int MOST = 8;
    private static final long HIGHEST = 1_000_000;

    private final Map<String, Told> sessions = new LinkedHashMap<>(MOST, 0.75f, true);

    /**
     * @param rid number of the answer
     * @param sections objects by their keys
     */
    private record Told(
            long rid, Map<String, Map<String, Object>> sections, List<String> tags, Map<String, Object> state) {}

    /**
     * An answer.
     *
     * @param rid number of the answer that the session has
     * @param sections by name: objects by their keys, such as torrents by their hashes
     */
    synchronized Map<String, Object> tell(
            String session,
            long rid,
            Map<String, Map<String, Object>> sections,
            List<String> tags,
            Map<String, Object> state) {
        var before = sessions.get(session);
        long next = before == null ? 1 : before.rid() % HIGHEST + 1;
        sessions.put(session, new Told(next, sections, tags, state));
        if (sessions.size() > MOST) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("rid", next);
        if (before == null || before.rid() != rid) {
            answer.put("full_update", true);
            answer.putAll(sections);
            answer.put("tags", tags);
            answer.put("server_state", state);
            return answer;
        }
        sections.forEach((name, now) -> changes(name, before.sections().getOrDefault(name, Map.of()), now, answer));
        put(answer, "tags", without(tags, before.tags()));
        put(answer, "tags_removed", without(before.tags(), tags));
        var changed = different(before.state(), state);
        if (!changed.isEmpty()) {
            answer.put("server_state", changed);
        }
        return answer;
    }

    private static void changes(
            String name, Map<String, Object> before, Map<String, Object> now, Map<String, Object> answer) {
        var changed = new LinkedHashMap<String, Object>();
        now.forEach((key, value) -> {
            var old = before.get(key);
            if (old instanceof Map<?, ?> was && value instanceof Map<?, ?> is) {
                var rest = different(was, is);
                if (!rest.isEmpty()) {
                    changed.put(key, rest);
                }
            } else {
                changed.put(key, value);
            }
        });
        if (!changed.isEmpty()) {
            answer.put(name, changed);
        }
        put(answer, name + "_removed", without(before.keySet(), now.keySet()));
    }

    private static Map<String, Object> different(Map<?, ?> before, Map<?, ?> now) {
        var changed = new LinkedHashMap<String, Object>();
        now.forEach((key, value) -> {
            if (value != null && !value.equals(before.get(key))) {
                changed.put(String.valueOf(key), value);
            }
        });
        return changed;
    }

    private static List<String> without(Iterable<String> all, Collection<String> others) {
        var rest = new ArrayList<String>();
        all.forEach(each -> {
            if (!others.contains(each)) {
                rest.add(each);
            }
        });
        return rest;
    }

    private static void put(Map<String, Object> answer, String name, List<String> values) {
        if (!values.isEmpty()) {
            answer.put(name, values);
        }
    }
}
