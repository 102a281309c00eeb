package net.shoal.itests.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.shoal.itests.distribution.Running;
import org.junit.jupiter.api.Assumptions;

/** A disk of a few megabytes, in memory, that only those see who run inside: it is held by one process, and gone with it. */
final class SmallDisk implements AutoCloseable {
    private static final String HOLD =
            "mount -t tmpfs -o size=\"$2\" shoal-test \"$1\" && echo held && exec cat >/dev/null";

    private final Process holder;
    private final Path folder;

    private SmallDisk(Process holder, Path folder) {
        this.holder = holder;
        this.folder = folder;
    }

    /**
     * @param folder an empty one
     * @param bytes what there is room for
     */
    static SmallDisk mount(Path folder, long bytes) {
        Programs.require("unshare", "util-linux");
        Programs.require("nsenter", "util-linux");
        Programs.requireRoot();
        var command = List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                HOLD,
                "sh",
                folder.toString(),
                String.valueOf(bytes));
        var holder = Running.start(new ProcessBuilder(command).redirectErrorStream(true));
        var first = firstLine(holder);
        if (!"held".equals(first)) {
            Running.end(holder);
            Assumptions.abort("skipped: nothing may be mounted here, not even in a namespace of its own: " + first);
        }
        return new SmallDisk(holder, folder);
    }

    /** The command, run by one who sees the disk. */
    List<String> inside(List<String> command) {
        var all = new ArrayList<>(List.of("nsenter", "--target", String.valueOf(holder.pid()), "--mount", "--"));
        all.addAll(command);
        return all;
    }

    /** Where those who do not see it find what is on it. */
    Path fromOutside() {
        return Path.of("/proc", String.valueOf(holder.pid()), "root")
                .resolve(folder.toString().substring(1));
    }

    /**
     * Makes it read-only, or not.
     *
     * @return false where files are open for writing
     */
    boolean readOnly(boolean now) {
        return run(List.of("mount", "-o", "remount," + (now ? "ro" : "rw"), folder.toString()));
    }

    private boolean run(List<String> command) {
        var process = Running.start(new ProcessBuilder(inside(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD));
        return process.onExit().join().exitValue() == 0;
    }

    private static String firstLine(Process process) {
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Running.end(holder);
    }
}
