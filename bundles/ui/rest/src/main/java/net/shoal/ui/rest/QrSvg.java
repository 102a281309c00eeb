package net.shoal.ui.rest;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import org.jspecify.annotations.Nullable;

/** A QR code as SVG: dark on white, with the quiet zone that the standard asks for, whatever the page around it looks like. */
final class QrSvg {
    private static final int QUIET = 4;

    private QrSvg() {}

    /** Null where the text is longer than a QR code can be. */
    static @Nullable String of(String text) {
        try {
            var matrix = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
            int size = matrix.getWidth() + 2 * QUIET;
            var path = new StringBuilder();
            for (int y = 0; y < matrix.getHeight(); y++) {
                for (int x = 0; x < matrix.getWidth(); x++) {
                    if (matrix.get(x, y) == 1) {
                        int begin = x;
                        while (x + 1 < matrix.getWidth() && matrix.get(x + 1, y) == 1) {
                            x++;
                        }
                        path.append('M').append(begin + QUIET).append(' ').append(y + QUIET);
                        path.append('h')
                                .append(x - begin + 1)
                                .append("v1h-")
                                .append(x - begin + 1)
                                .append('z');
                    }
                }
            }
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size
                    + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + "v" + size
                    + "H0z\"/><path fill=\"#000\" d=\""
                    + path + "\"/></svg>";
        } catch (WriterException e) {
            return null;
        }
    }
}
