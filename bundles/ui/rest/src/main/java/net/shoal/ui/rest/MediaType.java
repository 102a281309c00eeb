package net.shoal.ui.rest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file is taken for, by the end of its name alone. Only what a browser shows without running anything of it has a type of its own:
 * audio, video and raster images; the rest is bytes to be saved.
 *
 * @param shown {@code audio}, {@code video} or {@code image}; empty for what is not shown
 */
record MediaType(String type, Optional<String> shown) {
    private static final MediaType BYTES = new MediaType("application/octet-stream", Optional.empty());
    private static final Map<String, String> KNOWN = new HashMap<>();

    static {
        KNOWN.putAll(Map.of(
                "mp4",
                "video/mp4",
                "m4v",
                "video/mp4",
                "webm",
                "video/webm",
                "mkv",
                "video/x-matroska",
                "ogv",
                "video/ogg",
                "mov",
                "video/quicktime"));
        KNOWN.putAll(Map.of(
                "mp3",
                "audio/mpeg",
                "m4a",
                "audio/mp4",
                "aac",
                "audio/aac",
                "ogg",
                "audio/ogg",
                "oga",
                "audio/ogg",
                "opus",
                "audio/ogg",
                "flac",
                "audio/flac",
                "wav",
                "audio/wav",
                "weba",
                "audio/webm"));
        KNOWN.putAll(Map.of(
                "png",
                "image/png",
                "jpg",
                "image/jpeg",
                "jpeg",
                "image/jpeg",
                "gif",
                "image/gif",
                "webp",
                "image/webp",
                "avif",
                "image/avif",
                "bmp",
                "image/bmp"));
    }

    static MediaType ofName(String name) {
        int dot = name.lastIndexOf('.');
        var type = dot < 0 ? null : KNOWN.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
        return type == null ? BYTES : new MediaType(type, Optional.of(type.substring(0, type.indexOf('/'))));
    }
}
