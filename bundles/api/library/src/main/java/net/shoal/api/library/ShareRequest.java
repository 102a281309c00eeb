package net.shoal.api.library;

import java.nio.file.Path;
import java.util.Optional;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.CreateOptions;
import net.shoal.base.metainfo.Metainfo;

/**
 * What to share and how.
 *
 * @param path the file or folder; with {@code existing} the folder that holds its content
 * @param options how to make the metainfo; a node that serves a tracker adds it where none is named
 * @param existing metainfo to seed instead of making one: fails if the content differs
 */
public record ShareRequest(Path path, CreateOptions options, Optional<Metainfo> existing, Visibility visibility) {}
