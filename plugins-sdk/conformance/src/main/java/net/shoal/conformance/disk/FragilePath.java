package net.shoal.conformance.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path of Unix, in text. */
final class FragilePath implements Path {
    private final FragileFileSystem system;
    private final boolean absolute;
    private final List<String> names;

    FragilePath(FragileFileSystem system, String text) {
        this(system, text.startsWith("/"), split(text));
    }

    private FragilePath(FragileFileSystem system, boolean absolute, List<String> names) {
        this.system = system;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    private static List<String> split(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "NUL");
        }
        var names = new ArrayList<String>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('/', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                names.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return names;
    }

    static FragilePath of(Path path) {
        if (path instanceof FragilePath ours) {
            return ours;
        }
        throw new ProviderMismatchException();
    }

    /** From the root down. */
    List<String> names() {
        return toAbsolutePath().normalize().names;
    }

    private FragilePath with(boolean isAbsolute, List<String> others) {
        return new FragilePath(system, isAbsolute, others);
    }

    @Override
    public FragileFileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? with(true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : getName(names.size() - 1);
    }

    @Override
    public @Nullable FragilePath getParent() {
        int count = names.size();
        return count == 0 || (count == 1 && !absolute) ? null : with(absolute, names.subList(0, count - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return with(false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int begin, int end) {
        return with(false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        var beginning = of(other);
        int count = beginning.names.size();
        return absolute == beginning.absolute
                && count <= names.size()
                && names.subList(0, count).equals(beginning.names);
    }

    @Override
    public boolean endsWith(Path other) {
        var end = of(other);
        int count = end.names.size();
        return count <= names.size()
                && names.subList(names.size() - count, names.size()).equals(end.names)
                && (!end.absolute || equals(end));
    }

    @Override
    public FragilePath normalize() {
        var kept = new ArrayList<String>();
        for (var name : names) {
            if (name.equals("..")
                    && !kept.isEmpty()
                    && !kept.get(kept.size() - 1).equals("..")) {
                kept.remove(kept.size() - 1);
            } else if (!name.equals(".") && !(name.equals("..") && absolute)) {
                kept.add(name);
            }
        }
        return with(absolute, kept);
    }

    @Override
    public Path resolve(Path other) {
        var further = of(other);
        if (further.absolute) {
            return further;
        }
        var all = new ArrayList<>(names);
        all.addAll(further.names);
        return with(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        if (!other.startsWith(this)) {
            throw new UnsupportedOperationException(this + " is not above " + other);
        }
        return with(false, of(other).names.subList(names.size(), other.getNameCount()));
    }

    @Override
    public URI toUri() {
        return URI.create("fragile://" + toAbsolutePath());
    }

    @Override
    public FragilePath toAbsolutePath() {
        return with(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return system.disk().call(this, FragileDisk.Call.LOOK, () -> {
            system.disk().find(this);
            return toAbsolutePath().normalize();
        });
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FragilePath path
                && path.system == system
                && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
