package net.shoal.base.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import net.shoal.fuzzing.Cost;
import net.shoal.fuzzing.Rounds;
import org.junit.jupiter.api.Test;

/** Whatever comes over the control socket: a request that says what it means, or a refusal in words. */
class RequestFuzz {
    private static final long SEED = 0x5e9;
    /** Characters that mean something there. */
    private static final String TELLING = "{}[]\",:\\u0-";

    private static final List<String> LINES = List.of(
            new Request(
                            List.of("get", "magnet:?xt=urn:btih:" + "a".repeat(40), "--to", "DIR", "--timeout", "10s"),
                            "/home/me")
                    .toLine(),
            new Request(List.of("set", "abcdef", "downLimit=1MiB"), "/").toLine(),
            new Request(List.of("config", "set", "net.shoal:listen", "127.0.0.1:0"), "/x y").toLine(),
            "{\"args\":[],\"cwd\":\"\\u002f\",\"more\":[1,2.5,null,true,{\"a\":[]}]}");

    @FuzzTest(maxDuration = "15s")
    void takesAnyLine(byte[] line) {
        Cost.within(line.length, () -> judge(new String(line, UTF_8)));
    }

    private static void judge(String line) {
        Request request;
        try {
            request = Request.ofLine(line);
        } catch (IllegalArgumentException e) {
            require(!String.valueOf(e.getMessage()).isBlank());
            return;
        }
        require(Request.ofLine(request.toLine()).equals(request));
        try {
            require(!CommandLine.parse(request.args()).word().toString().isEmpty());
        } catch (UsageException e) {
            require(!String.valueOf(e.getMessage()).isBlank());
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("seed " + SEED);
        }
    }

    @Test
    void takesMutatedLines() {
        var random = new Random(SEED);
        for (int round = 0; round < Rounds.of(20_000); round++) {
            var bytes = LINES.get(random.nextInt(LINES.size())).getBytes(UTF_8);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte)
                        (random.nextBoolean() ? TELLING.charAt(random.nextInt(TELLING.length())) : random.nextInt());
            }
            takesAnyLine(bytes);
        }
    }
}
