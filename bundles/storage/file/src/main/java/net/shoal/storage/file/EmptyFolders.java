package net.shoal.storage.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left of a torrent when its files are gone. */
final class EmptyFolders {
    private static final Logger LOG = LoggerFactory.getLogger(EmptyFolders.class);

    private EmptyFolders() {}

    /**
     * Deletes the folders that files lay in, from the deepest up, as far as nothing else lies there.
     *
     * @param temporary what the tree made for a moment, and may have left when it was killed
     */
    static void delete(Tree tree, List<List<String>> names, String temporary) {
        var folders = new HashSet<List<String>>();
        for (var file : names) {
            for (int depth = 1; depth < file.size(); depth++) {
                folders.add(file.subList(0, depth));
            }
        }
        var deepestFirst = new ArrayList<>(folders);
        deepestFirst.sort(
                Comparator.comparingInt((List<String> folder) -> folder.size()).reversed());
        deepestFirst.forEach(folder -> deleteIfEmpty(tree, folder));
        deleteIfEmpty(tree, List.of(temporary));
    }

    private static void deleteIfEmpty(Tree tree, List<String> folder) {
        try {
            tree.deleteFolder(folder);
        } catch (IOException e) {
            LOG.debug("The folder {} stays", tree.path(folder), e);
        }
    }
}
