package net.shoal.engine.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import net.shoal.api.transfer.AddRequest.Existing;
import net.shoal.api.transfer.AddRequest.Source;
import net.shoal.base.metainfo.MetainfoReader;
import net.shoal.base.model.PeerAddress;

/**
 * An engine in a process of its own, that downloads until it is killed. Arguments: the folder of its state, that of downloads, a torrent, the
 * port of a peer. Ends with its standard input, so that it does not outlive a test.
 */
public final class KilledNode {
    /** What it says when it runs. */
    public static final String READY = "ready";

    private KilledNode() {}

    public static void main(String[] args) throws Exception {
        var metainfo = new MetainfoReader().metainfo(ByteBuffer.wrap(Files.readAllBytes(Path.of(args[2]))));
        var peer = PeerAddress.ip(InetAddress.getLoopbackAddress(), Integer.parseInt(args[3]));
        var engine = new TestEngine(Path.of(args[0]), RealFiles.storage());
        engine.add(new Source.Torrent(metainfo), Path.of(args[1]), Existing.KEEP_VERIFIED, peer);
        System.out.println(READY);
        System.exit(untilEnd());
    }

    private static int untilEnd() throws IOException {
        int read = 0;
        while (read >= 0) {
            read = System.in.read();
        }
        return 0;
    }
}
