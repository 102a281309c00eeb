package net.shoal.ui.rpc.qbittorrent;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.shoal.base.metainfo.MetainfoReader;
import org.jspecify.annotations.Nullable;

/** Reads what comes with a request, within bounds. */
final class Form {
    /** Of a form with a name and a password: from anybody. */
    static final int LARGEST_LOGIN = 8 << 10;

    /** Of a form without files: hashes of some thousand transfers. */
    static final int LARGEST_FORM = 1 << 20;

    /** Of one .torrent file. */
    static final int LARGEST_FILE = MetainfoReader.Limits.DEFAULT.metainfoBytes();

    /** Of a form with files. */
    static final int LARGEST_UPLOAD = LARGEST_FILE + (2 << 20);

    private static final int MOST_FIELDS = 1_000;
    private static final int MOST_FILES = 100;

    private Form() {}

    /** Of somebody who wants to sign in. */
    static Call login(HttpServletRequest request) throws ApiException, IOException {
        long length = request.getContentLengthLong();
        if (length > LARGEST_LOGIN || (length < 0 && isMultipart(request))) {
            throw ApiException.tooLarge("that is too long for a name and a password");
        }
        return isMultipart(request) ? multipart(request, "") : form(request, "", LARGEST_LOGIN);
    }

    /** Of somebody who is signed in. */
    static Call read(HttpServletRequest request, String session) throws ApiException, IOException {
        var method = request.getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return new Call(session, pairs(request.getQueryString()), List.of());
        }
        return isMultipart(request) ? multipart(request, session) : form(request, session, LARGEST_FORM);
    }

    private static boolean isMultipart(HttpServletRequest request) {
        var type = String.valueOf(request.getContentType()).split(";", 2)[0];
        return type.strip().toLowerCase(Locale.ROOT).equals("multipart/form-data");
    }

    /** Some send a POST without a body, and so without a type. */
    private static Call form(HttpServletRequest request, String session, int most) throws ApiException, IOException {
        var body = bytes(request.getInputStream(), most, request.getContentLengthLong());
        return new Call(session, pairs(new String(body, StandardCharsets.UTF_8)), List.of());
    }

    private static byte[] bytes(InputStream in, int most, long length) throws ApiException, IOException {
        var bytes = length > most ? new byte[0] : in.readNBytes(most + 1);
        if (length > most || bytes.length > most) {
            throw ApiException.tooLarge("at most " + most + " bytes are taken");
        }
        return bytes;
    }

    static Map<String, String> pairs(@Nullable String encoded) throws ApiException {
        var pairs = new HashMap<String, String>();
        if (encoded == null || encoded.isBlank()) {
            return pairs;
        }
        var parts = encoded.strip().split("&", MOST_FIELDS + 1);
        if (parts.length > MOST_FIELDS) {
            throw ApiException.wrong("a request has " + MOST_FIELDS + " parameters at most");
        }
        for (var part : parts) {
            int equals = part.indexOf('=');
            var name = equals < 0 ? part : part.substring(0, equals);
            pairs.put(decoded(name), equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
        return pairs;
    }

    private static String decoded(String text) throws ApiException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.wrong("a parameter is not encoded as it should be: " + e.getMessage());
        }
    }

    private static Call multipart(HttpServletRequest request, String session) throws ApiException, IOException {
        if (request.getContentLengthLong() > LARGEST_UPLOAD) {
            throw ApiException.tooLarge("at most " + LARGEST_UPLOAD + " bytes are taken");
        }
        var fields = new HashMap<String, String>();
        var files = new ArrayList<Call.Upload>();
        for (var part : parts(request)) {
            try (var in = part.getInputStream()) {
                var name = part.getSubmittedFileName();
                if (name == null) {
                    var value = bytes(in, LARGEST_FORM, part.getSize());
                    fields.put(String.valueOf(part.getName()), new String(value, StandardCharsets.UTF_8));
                } else {
                    files.add(new Call.Upload(name, ByteBuffer.wrap(bytes(in, LARGEST_FILE, part.getSize()))));
                }
            }
            if (fields.size() > MOST_FIELDS || files.size() > MOST_FILES) {
                throw ApiException.wrong("a form has " + MOST_FIELDS + " fields and " + MOST_FILES + " files at most");
            }
        }
        return new Call(session, fields, files);
    }

    private static List<Part> parts(HttpServletRequest request) throws ApiException {
        try {
            return List.copyOf(request.getParts());
        } catch (IllegalStateException e) {
            throw ApiException.tooLarge("at most " + LARGEST_UPLOAD + " bytes are taken");
        } catch (IOException | ServletException e) {
            throw ApiException.wrong("the form cannot be read: " + e.getMessage());
        }
    }
}
