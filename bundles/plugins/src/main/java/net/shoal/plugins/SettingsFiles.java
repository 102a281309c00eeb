package net.shoal.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The files that hold what was set: {@code etc/PID.cfg}, and {@code etc/PID-NAME.cfg} where there can be several. */
record SettingsFiles(Path etc) {
    /** @param others PIDs of others, which may begin alike */
    List<Path> of(List<String> pids, Collection<String> others) {
        var files = new ArrayList<Path>();
        for (var pid : pids) {
            for (var glob : List.of(pid + ".cfg", pid + "-*.cfg")) {
                try (var found = Files.newDirectoryStream(etc, glob)) {
                    for (var file : found) {
                        var name = String.valueOf(file.getFileName());
                        if (!others.contains(name.substring(0, name.length() - ".cfg".length()))) {
                            files.add(file);
                        }
                    }
                } catch (IOException e) {
                    // there is no such folder, so there are none in it
                }
            }
        }
        return files;
    }

    /** @return what was deleted */
    List<Path> delete(List<String> pids, Collection<String> others) throws IOException {
        var files = of(pids, others);
        for (var file : files) {
            Files.deleteIfExists(file);
        }
        return files;
    }
}
