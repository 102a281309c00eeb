package net.shoal.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import net.shoal.itests.distribution.Running;

/** What one node asks in the DHT, and who answers it, from the wire (see {@code watch.py}). */
final class DhtWatch implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    DhtWatch(NetworkNamespace network, String host) throws IOException {
        var command = new ArrayList<>(Programs.script("watch.py"));
        command.add(host);
        process = Running.start(new ProcessBuilder(network.inside(command)).redirectErrorStream(true));
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var first = said.readLine();
        if (!"up".equals(first)) {
            throw new IOException("nothing is watched: " + first);
        }
    }

    /** Ends, and gives for each other address how many questions went there, were answered, and came from there. */
    JsonNode end() throws IOException {
        process.getOutputStream().close();
        return new ObjectMapper().readTree(said);
    }

    @Override
    public void close() {
        Running.end(process);
    }
}
