package net.shoal.storage.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;

/**
 * Looks, before a download begins, at what lies where its files are to go; what cannot be part of it is refused at once. The words for
 * the user are made here; safety does not rest on it, since things may change right after.
 */
final class FoundFiles {
    private final Info info;
    private final List<StoredFile> files;
    private final Tree tree;
    private final BitSet found = new BitSet();
    private final Set<List<String>> folders = new HashSet<>();

    FoundFiles(Info info, List<StoredFile> files, Tree tree) {
        this.info = info;
        this.files = files;
        this.tree = tree;
    }

    /** @return files that are there and not empty */
    BitSet check() throws IOException {
        var first = files.stream().filter(file -> !file.names().isEmpty()).findFirst();
        if (first.isEmpty()
                || look(tree.path(first.get().names().subList(0, 1))).isEmpty()) {
            return found;
        }
        for (int i = 0; i < files.size(); i++) {
            if (!files.get(i).names().isEmpty()
                    && !info.files().get(i).attributes().contains(FileEntry.Attribute.SYMLINK)) {
                check(i, files.get(i));
            }
        }
        return found;
    }

    private void check(int index, StoredFile file) throws IOException {
        for (int depth = 1; depth < file.names().size(); depth++) {
            checkFolder(file.names().subList(0, depth));
        }
        var attributes = look(file.path());
        if (attributes.isEmpty()) {
            return;
        }
        var there = attributes.get();
        if (there.isSymbolicLink()) {
            throw DiskTrouble.isLink(file.path());
        }
        if (!there.isRegularFile()) {
            throw DiskTrouble.isNoFile(file.path());
        }
        if (there.size() > file.length()) {
            throw DiskTrouble.isLonger(file.path(), there.size(), file.length());
        }
        file.foundThere();
        found.set(index, there.size() > 0);
    }

    private void checkFolder(List<String> names) throws IOException {
        if (!folders.add(names)) {
            return;
        }
        var path = tree.path(names);
        var attributes = look(path);
        if (attributes.isPresent() && attributes.get().isSymbolicLink()) {
            throw DiskTrouble.isLink(path);
        }
        if (attributes.isPresent() && !attributes.get().isDirectory()) {
            throw DiskTrouble.isNoFolder(path);
        }
    }

    private static Optional<BasicFileAttributes> look(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw DiskTrouble.cannotWrite(path, e);
        }
    }
}
