package net.shoal.itests.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.shoal.itests.distribution.Distribution;

/** Makes torrent files and magnet links, by Shoal and by libtorrent, so that neither is only ever read by its maker. */
final class Torrents {
    private Torrents() {}

    static Path madeByShoal(Path source, Path file, int pieceBytes, Format format, String... trackers)
            throws IOException {
        return madeByShoal(source, file, pieceBytes, format, List.of(trackers), List.of());
    }

    /** @param options more of them, of {@code create} */
    static Path madeByShoal(
            Path source, Path file, int pieceBytes, Format format, List<String> trackers, List<String> options)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Distribution.ofThisBuild().launcher().toString(),
                "create",
                source.toString(),
                "--save",
                file.toString(),
                "--piece-size",
                String.valueOf(pieceBytes),
                "--format",
                format.word()));
        trackers.forEach(tracker -> command.addAll(List.of("--tracker", tracker)));
        command.addAll(options);
        run(command);
        return file;
    }

    static Path madeByLibtorrent(Path source, Path file, int pieceBytes, Format format, String... trackers)
            throws IOException {
        Programs.requirePythonModule("libtorrent", "python3-libtorrent");
        var command = new ArrayList<>(Programs.script("make_torrent.py"));
        command.addAll(List.of(source.toString(), file.toString(), String.valueOf(pieceBytes), format.word()));
        command.addAll(List.of(trackers));
        run(command);
        return file;
    }

    static String magnet(Path torrent) throws IOException {
        var command = new ArrayList<>(Programs.script("magnet.py"));
        command.add(torrent.toString());
        return run(command).strip();
    }

    private static String run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status + ":\n" + output);
        }
        return output;
    }
}
