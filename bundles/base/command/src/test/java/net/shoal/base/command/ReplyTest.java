package net.shoal.base.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    private static final Reply.Progress PROGRESS =
            new Reply.Progress("ab", "n\u00e4me", 1, 2, 3, 4, 5, OptionalLong.of(6), "downloading", "2 peers");

    @Test
    void goesOverTheSocketAndBack() {
        var replies = List.of(
                PROGRESS,
                new Reply.Result(Map.of("id", "x", "size", 5L, "files", List.of(Map.of("path", "a/b")))),
                new Reply.Event(Map.of("event", "added")),
                new Reply.Failure("failed", "it broke", "mend it"),
                new Reply.Exit(1));
        for (var reply : replies) {
            assertThat(reply.toLine()).doesNotContain("\n");
            assertThat(Reply.ofLine(reply.toLine())).isEqualTo(reply);
        }
    }

    @Test
    void isWrittenAsTheContractSays() {
        assertThat(new Reply.Exit(0).toLine()).isEqualTo("{\"type\":\"exit\",\"status\":0}");
        assertThat(new Reply.Failure("failed", "m", "h").toLine())
                .isEqualTo("{\"type\":\"error\",\"code\":\"failed\",\"message\":\"m\",\"hint\":\"h\"}");
        assertThat(PROGRESS.toLine())
                .startsWith(
                        "{\"type\":\"progress\",\"id\":\"ab\",\"name\":\"n\u00e4me\",\"done\":1,\"total\":2,\"down\":3,\"up\":4,"
                                + "\"peers\":5,\"eta\":6");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        var unknown = new Reply.Progress("", "n", 0, 0, 0, 0, 0, OptionalLong.empty(), "metadata", "");
        assertThat(unknown.toLine()).doesNotContain("\"eta\"");
        assertThat(Reply.ofLine(unknown.toLine())).isEqualTo(unknown);
    }

    @Test
    void readsRequests() {
        var request = Request.ofLine("{\"args\":[\"get\",\"L\",\"--to\",\"D\"],\"cwd\":\"/x\"}");
        assertThat(request.args()).containsExactly("get", "L", "--to", "D");
        assertThat(Request.ofLine(request.toLine())).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}{}", "{\"args\":\"x\"}", "{\"args\":[1]}", "nonsense", "{\"cwd\":\"/\"}"})
    void refusesWhatIsNoRequest(String line) {
        assertThatThrownBy(() -> Request.ofLine(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesABombOfBrackets() {
        assertThatThrownBy(() -> Request.ofLine("{\"args\":" + "[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivesMutatedRequests() {
        var random = new Random(7);
        var valid = "{\"args\":[\"get\",\"L\\u0041\",\"--to\",\"D\"],\"cwd\":\"/x\",\"n\":-1.5e3,\"b\":[true,null,{}]}";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(valid);
            for (int j = random.nextInt(4); j >= 0; j--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            }
            try {
                Request.ofLine(text.toString());
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
