package net.shoal.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Status and header lines of an HTTP answer.
 *
 * @param lines without the status line
 */
record AnswerHead(int status, String lines) {
    private static final int MAX_BYTES = 32 * 1024;
    private static final String END = "\r\n\r\n";

    /** Reads up to the body. */
    static AnswerHead read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length()) {
            int c = in.read();
            if (c < 0 || head.size() >= MAX_BYTES) {
                throw new IOException("the answer is not HTTP");
            }
            head.write(c);
            matched = c == END.charAt(matched) ? matched + 1 : c == '\r' ? 1 : 0;
        }
        var text = head.toString(StandardCharsets.ISO_8859_1);
        if (!text.matches("(?s)HTTP/1\\.[01] [0-9]{3}.*")) {
            throw new IOException("the answer is not HTTP");
        }
        return new AnswerHead(Integer.parseInt(text.substring(9, 12)), text.substring(text.indexOf('\n') + 1));
    }

    Optional<String> redirect() {
        return status / 100 == 3 ? header("location") : Optional.empty();
    }

    /** Of the body, as announced. */
    OptionalLong length() {
        return header("content-length").filter(text -> text.matches("[0-9]{1,18}")).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private Optional<String> header(String name) {
        return lines.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
