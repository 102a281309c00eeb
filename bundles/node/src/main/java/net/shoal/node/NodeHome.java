package net.shoal.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import net.shoal.api.node.Home;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The home as the launcher names it; makes its folders, for the owner's eyes only. */
@Component(service = Home.class)
public final class NodeHome implements Home {
    static final String ROOT = "shoal.home";
    static final String TEMPORARY = "shoal.temporary";
    private static final List<String> FOLDERS = List.of("etc", "state", "plugins", "log", "cache");

    private final Path root;
    private final boolean temporary;

    @Activate
    public NodeHome(BundleContext context) throws IOException {
        this(rootOf(context), Boolean.parseBoolean(context.getProperty(TEMPORARY)));
    }

    NodeHome(Path root, boolean temporary) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.temporary = temporary;
        makePrivate(this.root);
        for (var folder : FOLDERS) {
            makePrivate(this.root.resolve(folder));
        }
    }

    private static Path rootOf(BundleContext context) {
        var root = context.getProperty(ROOT);
        if (root == null) {
            throw new IllegalStateException(
                    "the framework property " + ROOT + " must name the home folder of the node");
        }
        return Path.of(root);
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Path state(String name) {
        var state = root.resolve("state");
        var folder = state.resolve(name).normalize();
        if (!state.equals(folder.getParent())) {
            throw new IllegalArgumentException("a state folder has a plain name, unlike '" + name + "'");
        }
        try {
            makePrivate(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
        return folder;
    }

    @Override
    public boolean isTemporary() {
        return temporary;
    }

    /** Mode 0700 where the file system knows modes; elsewhere the user's profile folder protects it. */
    private static void makePrivate(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder);
            return;
        }
        var owner = PosixFilePermissions.fromString("rwx------");
        var parent = folder.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(owner));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            if (!Files.getPosixFilePermissions(folder).equals(owner)) {
                Files.setPosixFilePermissions(folder, owner);
            }
        }
    }
}
