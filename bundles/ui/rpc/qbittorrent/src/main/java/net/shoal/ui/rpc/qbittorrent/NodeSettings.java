package net.shoal.ui.rpc.qbittorrent;

import java.nio.file.Path;
import java.util.Optional;
import net.shoal.api.node.Settings;
import net.shoal.api.node.Settings.Setting;
import net.shoal.api.node.UserFolder;
import net.shoal.base.command.Values;

/** Settings of the node that qBittorrent has, too. */
final class NodeSettings {
    private static final String ENGINE = "net.shoal.engine:";

    private final Settings settings;

    NodeSettings(Settings settings) {
        this.settings = settings;
    }

    /** Where downloads go that are told nothing else. */
    Path downloads() {
        return UserFolder.downloads(settings);
    }

    void downloads(String path) throws ApiException {
        set(UserFolder.DOWNLOADS_SETTING, path);
    }

    String text(String name) {
        return settings.find(ENGINE + name).map(Setting::value).orElse("");
    }

    /** A number, or one of bytes; 0 where there is no such setting. */
    long whole(String name) {
        try {
            var text = text(name);
            return text.isEmpty() ? 0 : Values.size(text);
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    double decimal(String name) {
        try {
            var text = text(name);
            return text.isEmpty() ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void engine(String name, String value) throws ApiException {
        set(ENGINE + name, value);
    }

    private void set(String key, String value) throws ApiException {
        try {
            settings.set(key, Optional.of(value));
        } catch (IllegalArgumentException e) {
            throw ApiException.failed(e);
        }
    }

    /** Uploaded to downloaded at which seeding ends; -1 for never. */
    double seedRatio() {
        double ratio = decimal("seedRatio");
        return ratio > 0 ? ratio : ShareLimits.NEVER;
    }

    /** Minutes without an upload after which seeding ends; -1 for never. */
    long seedIdle() {
        long minutes = whole("seedIdle");
        return minutes > 0 ? minutes : ShareLimits.NEVER;
    }
}
