package net.shoal.base.metainfo;

import java.util.List;

/**
 * What a metainfo is to be made of.
 *
 * @param name of the file or folder
 * @param isSingleFile true if it is one file that has that name, false if it is a folder
 * @param files in any order
 * @param leftOut what the torrent cannot hold and was left out, for the user to know: empty folders, as paths from the root
 */
public record SourceTree(String name, boolean isSingleFile, List<SourceFile> files, List<List<String>> leftOut) {
    public SourceTree {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
    }

    public long length() {
        return files.stream().mapToLong(SourceFile::length).sum();
    }
}
