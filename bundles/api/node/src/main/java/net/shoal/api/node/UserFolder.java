package net.shoal.api.node;

import java.nio.file.Path;

/** Folders as settings name them. */
public final class UserFolder {
    /** The setting, {@code PID:NAME}, for the folder that downloads go to where no other is chosen. */
    public static final String DOWNLOADS_SETTING = "net.shoal.ui.rest:downloads";

    private UserFolder() {}

    /** The home of the user whom the node runs as. */
    public static Path home() {
        return Path.of(System.getProperty("user.home", "/")).toAbsolutePath();
    }

    /**
     * A folder, absolute: {@code ~} is the user's home, and so is where paths begin that are not absolute.
     *
     * @throws java.nio.file.InvalidPathException if it is none
     */
    public static Path of(String setting) {
        var user = home();
        var text = setting.strip();
        var path = text.equals("~") || text.startsWith("~/")
                ? user.resolve(text.substring(Math.min(2, text.length())))
                : Path.of(text);
        return (path.isAbsolute() ? path : user.resolve(path)).normalize();
    }

    /** The one that downloads go to where no other is chosen. */
    public static Path downloads(Settings settings) {
        return of(settings.find(DOWNLOADS_SETTING).map(Settings.Setting::value).orElse("~/Downloads"));
    }
}
