package net.shoal.ui.rpc.qbittorrent;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/** {@code torrents/info}: those that are asked for, in the order that is asked for. */
final class TorrentList {
    private final Torrents torrents;
    private final Labels labels;
    private final Looks looks;

    TorrentList(Torrents torrents, Labels labels, Looks looks) {
        this.torrents = torrents;
        this.labels = labels;
        this.looks = looks;
    }

    Answer list(Call call) throws ApiException, InterruptedException {
        var filter = call.word("filter").orElse("all");
        var looked = looks.at(chosen(call)).stream()
                .filter(look -> StateFilter.matches(filter, look.state(), look.moves()))
                .toList();
        var rows = sorted(looks.rows(looked), call);
        return Answer.of(part(rows, (int) call.whole("offset").orElse(0), (int)
                call.whole("limit").orElse(0)));
    }

    /** By what is known without asking their swarms. */
    private List<Transfer> chosen(Call call) throws ApiException {
        var hashes = call.items("hashes", "|");
        var category = call.text("category");
        var tag = call.text("tag");
        return (hashes.isEmpty() ? torrents.all() : torrents.chosen(hashes))
                .stream()
                        .filter(transfer -> {
                            var label = labels.of(transfer.hashes());
                            return category.filter(name -> !isIn(label, name)).isEmpty()
                                    && tag.filter(name -> !has(label, name)).isEmpty();
                        })
                        .toList();
    }

    /** An empty name means: in none. */
    private static boolean isIn(Label label, String category) {
        return label.category().equals(category);
    }

    private static boolean has(Label label, String tag) {
        return tag.isEmpty() ? label.tags().isEmpty() : label.tags().contains(tag);
    }

    private static List<Map<String, Object>> sorted(List<Map<String, Object>> rows, Call call) throws ApiException {
        var column = call.word("sort");
        if (column.isEmpty() || rows.isEmpty()) {
            return rows;
        }
        if (!rows.get(0).containsKey(column.get())) {
            throw ApiException.wrong("there is nothing called '" + column.get() + "' to sort by");
        }
        Comparator<Map<String, Object>> order = (one, other) -> compare(one.get(column.get()), other.get(column.get()));
        return rows.stream()
                .sorted(call.isSet("reverse") ? order.reversed() : order)
                .toList();
    }

    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (one instanceof Boolean a && other instanceof Boolean b) {
            return Boolean.compare(a, b);
        }
        return String.valueOf(one).compareTo(String.valueOf(other));
    }

    /** An offset below 0 counts from the end, a limit of 0 is none. */
    static <T> List<T> part(List<T> rows, int offset, int limit) {
        int from = offset < 0 ? rows.size() + offset : offset;
        if (from < 0 || from >= rows.size()) {
            from = 0;
        }
        int to = limit > 0 ? (int) Math.min(rows.size(), (long) from + limit) : rows.size();
        return rows.subList(from, to);
    }
}
