package net.shoal.library;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.shoal.api.transfer.AddRequest;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.api.transfer.Visibility;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.Metainfo;

/** A share that the engine can be given. */
record Prepared(Metainfo metainfo, ContentLocation location, Existing existing, Visibility visibility) {
    AddRequest request() {
        return new AddRequest(
                new AddRequest.Source.Torrent(metainfo),
                location,
                existing,
                visibility,
                List.of(),
                false,
                List.of(),
                Optional.of(StorageProvider.FILES));
    }

    Path root() {
        return location.root(metainfo.info().name());
    }

    /** Content lies below the folder that is named; whoever names the content itself is understood too. */
    static ContentLocation locate(Info info, Path named) {
        boolean isContentItself = info.isSingleFile() ? Files.isRegularFile(named) : holdsFirstFile(info, named);
        return isContentItself && !Files.exists(named.resolve(info.name()))
                ? ContentLocation.at(named)
                : ContentLocation.in(named);
    }

    private static boolean holdsFirstFile(Info info, Path named) {
        return info.files().stream()
                .filter(file -> !file.isPad())
                .findFirst()
                .filter(file -> Files.exists(named.resolve(String.join("/", file.path()))))
                .isPresent();
    }
}
