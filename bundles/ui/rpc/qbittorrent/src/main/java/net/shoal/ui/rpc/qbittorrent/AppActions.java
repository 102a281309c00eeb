package net.shoal.ui.rpc.qbittorrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** {@code app/}: what this is, and how it is set. */
final class AppActions {
    /** The qBittorrent that this behaves like: programs choose by it what they ask, and what they call it. */
    private static final String VERSION = "v4.6.7";

    private static final String API_VERSION = "2.9.3";
    private static final long BITNESS = 64;

    private final Preferences preferences;
    private final NodeSettings settings;
    private final Supplier<Set<String>> ways;
    private final IntSupplier port;
    private final String shoal;

    AppActions(
            Preferences preferences,
            NodeSettings settings,
            Supplier<Set<String>> ways,
            IntSupplier port,
            String shoal) {
        this.preferences = preferences;
        this.settings = settings;
        this.ways = ways;
        this.port = port;
        this.shoal = shoal;
    }

    List<Action> actions() {
        return List.of(
                Action.read("app/version", call -> new Answer.Text(VERSION)),
                Action.read("app/webapiVersion", call -> new Answer.Text(API_VERSION)),
                Action.read("app/buildInfo", call -> buildInfo()),
                Action.read("app/preferences", call -> Answer.of(preferences.show(ways.get(), port.getAsInt()))),
                Action.read(
                        "app/defaultSavePath",
                        call -> new Answer.Text(settings.downloads().toString())),
                Action.change("app/setPreferences", this::change));
    }

    /** There is none of the libraries that qBittorrent is made of; what is there instead says so. */
    private Answer buildInfo() {
        var info = new LinkedHashMap<String, Object>();
        for (var library : List.of("qt", "libtorrent", "boost", "openssl", "zlib")) {
            info.put(library, "");
        }
        info.put("bitness", BITNESS);
        info.put("platform", System.getProperty("os.name", ""));
        info.put("shoal", shoal);
        return Answer.of(info);
    }

    private Answer change(Call call) throws ApiException {
        preferences.change(call.needed("json"));
        return Answer.DONE;
    }
}
