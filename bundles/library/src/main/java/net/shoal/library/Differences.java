package net.shoal.library;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.shoal.api.transfer.TransferDetails.FileStatus;

/** Tells how content differs from the metainfo it is to be shared with. */
final class Differences {
    private static final int NAMED = 3;

    private Differences() {}

    /** A sentence without an end, such as {@code b.txt is missing, c.txt differs}; empty where nothing differs. */
    static String of(List<FileStatus> files) {
        var wrong = files.stream().filter(file -> file.done() < file.length()).toList();
        var named = String.join(
                ", ", wrong.stream().limit(NAMED).map(Differences::of).toList());
        return wrong.size() > NAMED ? named + ", and " + (wrong.size() - NAMED) + " more" : named;
    }

    private static String of(FileStatus file) {
        if (!Files.exists(file.onDisk())) {
            return file.path() + " is missing";
        }
        try {
            long size = Files.size(file.onDisk());
            return size == file.length()
                    ? file.path() + " has other content"
                    : file.path() + " has " + size + " bytes rather than " + file.length();
        } catch (IOException e) {
            return file.path() + " cannot be read";
        }
    }
}
