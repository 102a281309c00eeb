package net.shoal.storage.file;

import java.util.List;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.StorageException;
import net.shoal.base.metainfo.Info;
import org.jspecify.annotations.Nullable;

/** Names that a user gives to files in their folder: unlike those of a torrent they are taken as they are, or refused. */
final class NewNames {
    private NewNames() {}

    /**
     * Checks what is to have another name than before.
     *
     * @param here where the files are
     * @param there where they would be
     */
    static void check(
            Info info, ContentLocation from, ContentLocation to, List<List<String>> here, List<List<String>> there)
            throws StorageException {
        var rules = NameRules.of(to.directory());
        var system = to.directory().getFileSystem();
        if (to.rootName().isPresent() && !to.rootName().equals(from.rootName())) {
            checkSame(to.rootName().get(), DiskName.of(to.rootName().get(), rules, system));
        }
        for (int i = 0; i < there.size(); i++) {
            if (!there.get(i).isEmpty() && !info.isSingleFile()) {
                check(from.renamed().get(i), to.renamed().get(i), below(here.get(i)), below(there.get(i)));
            }
        }
    }

    /** A file of which nothing new is said keeps the name it has. */
    private static void check(@Nullable String before, @Nullable String wanted, String here, String there)
            throws StorageException {
        if (wanted != null && !wanted.equals(before)) {
            checkSame(wanted, there);
        } else if (wanted != null || before == null) {
            checkSame(here, there);
        }
    }

    private static String below(List<String> names) {
        return String.join("/", names.subList(1, names.size()));
    }

    private static void checkSame(String wanted, String possible) throws StorageException {
        if (!wanted.equals(possible)) {
            throw new StorageException(
                    StorageException.Trouble.REFUSED,
                    "'" + wanted + "' is taken, or no name that this file system can hold",
                    "choose another, such as '" + possible + "'");
        }
    }
}
