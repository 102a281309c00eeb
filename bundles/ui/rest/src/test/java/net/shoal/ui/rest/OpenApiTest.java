package net.shoal.ui.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and the routes that there are name the same. Whether answers are as described, integration tests ask a node. */
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");

    private static Map<?, ?> document() throws Exception {
        return (Map<?, ?>) Json.read(NodeRoutes.document());
    }

    private static List<Route> routes() {
        var routes = new ArrayList<Route>();
        var folder = Path.of("/");
        routes.addAll(new ConsoleRoutes(null, null, null).routes());
        routes.addAll(new EventRoutes(null, null, null).routes());
        routes.addAll(new TransferRoutes(null, null, null, folder).routes());
        routes.addAll(new ContentRoutes(null, null).routes());
        routes.addAll(new ArchiveRoutes(null, null).routes());
        routes.addAll(new ShareRoutes(null, null, null).routes());
        routes.addAll(new UploadRoutes(null, null).routes());
        routes.addAll(new Folders(folder, folder).routes());
        routes.addAll(new HistoryRoutes(null).routes());
        routes.addAll(new SettingRoutes(null).routes());
        routes.addAll(new PluginRoutes(null, null).routes());
        routes.addAll(new NodeRoutes(
                        new NodeRoutes.Facts(new NoHome(), null, null, "", 0, folder, folder, List::of), null, null)
                .routes());
        return routes;
    }

    @Test
    void everyRouteIsDescribedAndWhatIsDescribedIsARoute() throws Exception {
        var described = new TreeSet<String>();
        ((Map<?, ?>) document().get("paths")).forEach((path, item) -> ((Map<?, ?>) item)
                .keySet().stream()
                        .map(String::valueOf)
                        .filter(METHODS::contains)
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        var routes = new TreeSet<String>();
        routes().forEach(route -> routes.add(route.method() + " " + route.template()));
        assertThat(routes).isEqualTo(described).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void aRowHasTheMembersThatAreDescribed() throws Exception {
        var schemas = (Map<?, ?>) ((Map<?, ?>) document().get("components")).get("schemas");
        var transfer = (Map<?, ?>) schemas.get("Transfer");
        assertThat(((Map<?, ?>) transfer.get("properties")).keySet().stream().map(String::valueOf))
                .containsExactlyElementsOf(Row.NAMES);
        var change = (Map<?, ?>) schemas.get("Change");
        assertThat(((Map<?, ?>) change.get("properties")).keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrderElementsOf(Changes.MEMBERS);
    }

    @Test
    void everyReferenceLeadsSomewhere() throws Exception {
        var lost = new TreeSet<String>();
        look(document(), document(), lost);
        assertThat(lost).isEmpty();
    }

    private static void look(Map<?, ?> document, Object value, Set<String> lost) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String reference) {
                Object there = document;
                for (var name : reference.substring(2).split("/", -1)) {
                    there = there instanceof Map<?, ?> inside ? inside.get(name) : null;
                }
                if (there == null) {
                    lost.add(reference);
                }
            }
            map.values().forEach(each -> look(document, each, lost));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> look(document, each, lost));
        }
    }
}
