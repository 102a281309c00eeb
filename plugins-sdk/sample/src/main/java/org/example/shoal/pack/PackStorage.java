package org.example.shoal.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import net.shoal.api.transfer.ContentLocation;
import net.shoal.api.transfer.PieceStore;
import net.shoal.api.transfer.StorageException;
import net.shoal.api.transfer.StorageException.Trouble;
import net.shoal.api.transfer.StorageProvider;
import net.shoal.base.metainfo.Info;
import net.shoal.base.metainfo.SafeNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Keeps each content in one file, {@code NAME.pack}: for torrents of a hundred thousand little files, for names that the file system does
 * not take, for what is moved about as a whole. {@code pack:extract} gets the files out.
 */
@Component(
        service = StorageProvider.class,
        property = StorageProvider.NAME + "=" + PackStorage.PACK,
        configurationPid = "org.example.shoal.pack",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PackStorage.Config.class)
public final class PackStorage implements StorageProvider {
    static final String PACK = "pack";
    private static final long COPY_BYTES = 8 << 20;

    /** What can be set; the node shows it in {@code config ls}. */
    @ObjectClassDefinition(name = "Storage in packs")
    public @interface Config {
        @AttributeDefinition(
                description = "MiB of the disk that are left free: a transfer waits for more room before",
                min = "0")
        int leaveFree() default 64;
    }

    private volatile long leaveFree;

    @Activate
    public PackStorage(Config config) {
        modified(config);
    }

    PackStorage(long leaveFree) {
        this.leaveFree = leaveFree;
    }

    /** Changes of settings take effect without a restart. */
    @Modified
    void modified(Config config) {
        leaveFree = (long) config.leaveFree() << 20;
    }

    @Override
    public String name() {
        return PACK;
    }

    @Override
    public PieceStore open(Info info, ContentLocation location, boolean readOnly) throws IOException {
        var path = path(info, location);
        if (Files.exists(path) && !Pack.isOf(info, path)) {
            throw new StorageException(
                    Trouble.REFUSED,
                    path + " exists and is no pack of this torrent",
                    "move it away, or choose another folder");
        }
        return new PackStore(info, path, readOnly, () -> leaveFree);
    }

    private static Path path(Info info, ContentLocation location) {
        var name = location.rootName().orElse(info.name()) + ".pack";
        return location.directory().resolve(SafeNames.forAnyFileSystem(name));
    }

    /** Within a file system by renaming; else copied under another name, which becomes the right one when all of it is there. */
    @Override
    public void move(Info info, ContentLocation from, ContentLocation to, LongConsumer progress) throws IOException {
        var source = path(info, from);
        var target = path(info, to);
        if (source.equals(target) || !Files.exists(source)) {
            return; // also where it was moved before
        }
        try {
            if (Files.exists(target) && !(Pack.isOf(info, target) && Files.size(target) == Files.size(source))) {
                throw new StorageException(
                        Trouble.REFUSED, target + " exists already", "move it away, or choose another folder");
            }
            Files.createDirectories(to.directory());
            moveFile(source, target, progress);
        } catch (IOException e) {
            throw Troubles.of(target, e);
        }
    }

    private static void moveFile(Path source, Path target, LongConsumer progress) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        } catch (AtomicMoveNotSupportedException e) {
            // another file system
        }
        var part = target.resolveSibling(target.getFileName() + ".part");
        try (var in = FileChannel.open(source, StandardOpenOption.READ);
                var out = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long at = 0; at < in.size(); ) {
                long copied = in.transferTo(at, COPY_BYTES, out);
                at += copied;
                progress.accept(copied);
            }
            out.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(source);
    }

    @Override
    public void delete(Info info, ContentLocation location) throws IOException {
        var path = path(info, location);
        try {
            if (Files.exists(path) && Pack.isOf(info, path)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw Troubles.of(path, e);
        }
    }
}
