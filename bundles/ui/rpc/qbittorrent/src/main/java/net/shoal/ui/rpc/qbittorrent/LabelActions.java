package net.shoal.ui.rpc.qbittorrent;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.shoal.api.transfer.Transfer;
import net.shoal.base.model.InfoHashes;

/** {@code torrents/}: categories and tags. */
final class LabelActions {
    private final Torrents torrents;
    private final Labels labels;

    LabelActions(Torrents torrents, Labels labels) {
        this.torrents = torrents;
        this.labels = labels;
    }

    List<Action> actions() {
        return List.of(
                Action.read("torrents/categories", call -> Answer.of(categories(labels.book()))),
                Action.change("torrents/createCategory", this::createCategory),
                Action.change("torrents/editCategory", this::editCategory),
                Action.change("torrents/removeCategories", this::removeCategories),
                Action.change("torrents/setCategory", this::setCategory),
                Action.read("torrents/tags", call -> Answer.of(labels.book().tags())),
                Action.change("torrents/createTags", this::createTags),
                Action.change("torrents/deleteTags", this::deleteTags),
                Action.change("torrents/addTags", this::addTags),
                Action.change("torrents/removeTags", this::removeTags));
    }

    static Map<String, Object> categories(Book book) {
        var all = new LinkedHashMap<String, Object>();
        book.categories().forEach((name, path) -> all.put(name, Map.of("name", name, "savePath", path)));
        return all;
    }

    private Answer createCategory(Call call) throws ApiException {
        labels.createCategory(name(call), call.word("savePath").orElse(""));
        return Answer.DONE;
    }

    private Answer editCategory(Call call) throws ApiException {
        labels.editCategory(name(call), call.needed("savePath").strip());
        return Answer.DONE;
    }

    private static String name(Call call) throws ApiException {
        var name = call.needed("category");
        if (name.isEmpty()) {
            throw ApiException.wrong("a category has a name");
        }
        return name;
    }

    private Answer removeCategories(Call call) throws ApiException {
        call.needed("categories");
        labels.removeCategories(call.items("categories", "\n"));
        return Answer.DONE;
    }

    /** An empty name takes them out of the one they are in. */
    private Answer setCategory(Call call) throws ApiException {
        var name = call.needed("category");
        if (!name.isEmpty() && !labels.book().categories().containsKey(name)) {
            throw ApiException.conflict("there is no category " + name);
        }
        labels.change(hashes(call), label -> label.inCategory(name));
        return Answer.DONE;
    }

    private Collection<InfoHashes> hashes(Call call) throws ApiException {
        return torrents.chosen(call).stream().map(Transfer::hashes).toList();
    }

    private static List<String> tags(Call call) throws ApiException {
        return call.items("tags", ",");
    }

    private Answer createTags(Call call) throws ApiException {
        call.needed("tags");
        labels.createTags(tags(call));
        return Answer.DONE;
    }

    private Answer deleteTags(Call call) throws ApiException {
        call.needed("tags");
        labels.deleteTags(tags(call));
        return Answer.DONE;
    }

    private Answer addTags(Call call) throws ApiException {
        call.needed("tags");
        labels.addTags(hashes(call), tags(call));
        return Answer.DONE;
    }

    private Answer removeTags(Call call) throws ApiException {
        labels.removeTags(hashes(call), tags(call));
        return Answer.DONE;
    }
}
