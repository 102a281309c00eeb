package net.shoal.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import net.shoal.api.node.Descriptors;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.FileEntry;
import net.shoal.base.metainfo.Info;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps pieces in the files the user wants. */
@Component(
        service = StorageProvider.class,
        property = StorageProvider.NAME + "=" + FileStorage.FILE,
        configurationPid = "net.shoal.storage.file",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FileStorage.Config.class)
public final class FileStorage implements StorageProvider {
    static final String FILE = "file";
    private static final Logger LOG = LoggerFactory.getLogger(FileStorage.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SWEEP_SECONDS = 10;
    private static final int SHARE_OF_DESCRIPTORS = 8;
    private static final int FEWEST_FILES = 4;

    /** What can be set. */
    @ObjectClassDefinition(name = "Storage in files")
    public @interface Config {
        @AttributeDefinition(
                description = "files that may be open at once, over all transfers",
                min = "4",
                max = "65536")
        int openFiles() default 64;
    }

    private final ChannelPool pool;
    private final ParallelSync syncing = new ParallelSync();
    private final ScheduledExecutorService sweeper;

    @Activate
    public FileStorage(Config config) {
        this(affordable(config.openFiles()));
    }

    FileStorage(int openFiles) {
        pool = new ChannelPool(openFiles, System::nanoTime);
        sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "shoal-storage-idle");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Not in the constructor: Declarative Services only forgets what it made where a service goes meanwhile. */
    @Activate
    void open() {
        var unused = sweeper.scheduleWithFixedDelay(this::closeIdle, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Where descriptors are few, most are for connections and for the node itself. */
    private static int affordable(int configured) {
        long share = Descriptors.most().orElse(Long.MAX_VALUE) / SHARE_OF_DESCRIPTORS;
        return (int) Math.max(FEWEST_FILES, Math.min(configured, share));
    }

    @Modified
    void modified(Config config) {
        pool.limit(affordable(config.openFiles()));
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        sweeper.shutdownNow();
        sweeper.awaitTermination(5, TimeUnit.SECONDS);
        syncing.close();
        closeIdle(0);
    }

    @Override
    public String name() {
        return FILE;
    }

    @Override
    public PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException {
        var tree = readOnly ? new SharedTree(location.directory()) : tree(info, location);
        return new TorrentFiles(info, names(info, location), tree, readOnly, pool, syncing);
    }

    @Override
    public void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) throws IOException {
        var here = new FileMove.Place(tree(info, from), names(info, from));
        var there = new FileMove.Place(tree(info, to), names(info, to));
        if (from.directory().equals(to.directory())) {
            NewNames.check(info, from, to, here.names(), there.names());
        }
        new FileMove(info, here, there, temporaryName(info), progress).run();
    }

    @Override
    public void delete(Info info, ContentLocation location) throws IOException {
        var tree = tree(info, location);
        var names = names(info, location);
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty()) {
                deleteFile(tree, names.get(i), info.files().get(i));
            }
        }
        EmptyFolders.delete(tree, names, temporaryName(info));
    }

    private static void deleteFile(Tree tree, List<String> names, FileEntry entry) throws IOException {
        try {
            var there = tree.look(names);
            if (there.isPresent() && isOurs(entry, there.get())) {
                tree.deleteFile(names);
            }
        } catch (IOException e) {
            throw DiskTrouble.cannotDelete(tree.path(names), e);
        }
    }

    /** What is longer, or of another kind, than the torrent has it is someone else's. */
    static boolean isOurs(FileEntry entry, BasicFileAttributes there) {
        return entry.attributes().contains(FileEntry.Attribute.SYMLINK)
                ? there.isSymbolicLink()
                : there.isRegularFile() && there.size() <= entry.length();
    }

    private static Tree tree(Info info, ContentLocation location) {
        return Tree.below(location.directory(), temporaryName(info));
    }

    private static String temporaryName(Info info) {
        return ".shoal-" + info.hashes().hex().substring(0, 16);
    }

    private static List<List<String>> names(Info info, ContentLocation location) {
        location.rootName().ifPresent(name -> checkPlain(location.directory(), name));
        return DiskNames.of(info, location, NameRules.of(location.directory()));
    }

    private static void checkPlain(Path directory, String name) {
        var path = directory.resolve(name).normalize();
        if (!directory.normalize().equals(path.getParent())) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a file or folder in " + directory);
        }
    }

    private void closeIdle() {
        closeIdle(IDLE_NANOS);
    }

    private void closeIdle(long nanos) {
        try {
            pool.closeIdle(nanos);
        } catch (IOException | RuntimeException e) {
            LOG.warn("A file could not be closed: {}", e.toString());
        }
    }
}
