package net.shoal.base.command;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Optional;

/** A QR code as half-block characters: two rows of modules a line of text. */
final class QrText {
    /** The standard asks for 4 modules of quiet; scanners are content with 2, and terminals are small. */
    private static final int QUIET = 2;

    private static final String BLACK_ON_WHITE = "\u001b[30;107m";
    private static final String RESET = "\u001b[0m";

    private QrText() {}

    /** Nothing where the terminal cannot show it: too narrow, or without block characters and colours. */
    static Optional<String> of(String text, Terminal terminal) {
        if (!terminal.moves() || !terminal.unicode()) {
            return Optional.empty();
        }
        try {
            var matrix = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
            int columns = matrix.getWidth() + 2 * QUIET;
            return columns > terminal.width() ? Optional.empty() : Optional.of(draw(matrix));
        } catch (WriterException e) {
            return Optional.empty(); // longer than a QR code can be: 2,953 bytes
        }
    }

    private static String draw(ByteMatrix matrix) {
        var out = new StringBuilder();
        for (int y = -QUIET; y < matrix.getHeight() + QUIET; y += 2) {
            out.append(BLACK_ON_WHITE);
            for (int x = -QUIET; x < matrix.getWidth() + QUIET; x++) {
                out.append(half(dark(matrix, x, y), dark(matrix, x, y + 1)));
            }
            out.append(RESET).append('\n');
        }
        return out.toString();
    }

    private static char half(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '█' : '▀';
        }
        return lower ? '▄' : ' ';
    }

    private static boolean dark(ByteMatrix matrix, int x, int y) {
        return x >= 0 && y >= 0 && x < matrix.getWidth() && y < matrix.getHeight() && matrix.get(x, y) == 1;
    }
}
