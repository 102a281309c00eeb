package net.shoal.ui.rest;

import java.util.Optional;

/** A request that is not carried out, in words. */
final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String hint;
    private final transient Optional<String> field;

    private ApiException(int status, String code, String message, String hint, Optional<String> field) {
        super(message);
        this.status = status;
        this.code = code;
        this.hint = hint;
        this.field = field;
    }

    /** There is no such thing. */
    static ApiException unknown(String message, String hint) {
        return new ApiException(404, "unknown", message, hint, Optional.empty());
    }

    /** The request itself is wrong. */
    static ApiException wrong(String message) {
        return new ApiException(400, "wrong", message, "", Optional.empty());
    }

    /** @param field the member, or parameter, that is wrong */
    static ApiException wrong(String field, String message) {
        return new ApiException(400, "wrong", message, "", Optional.of(field));
    }

    /** It was understood and cannot be done. */
    static ApiException failed(String message, String hint) {
        return new ApiException(422, "failed", message, hint, Optional.empty());
    }

    /** Not as things stand. */
    static ApiException conflict(String message, String hint) {
        return new ApiException(409, "conflict", message, hint, Optional.empty());
    }

    static ApiException tooLarge(String message) {
        return new ApiException(413, "too-large", message, "", Optional.empty());
    }

    static ApiException tooMany(int status, String message) {
        return new ApiException(status, "too-many", message, "try again later", Optional.empty());
    }

    static ApiException of(int status, String code, String message, String hint) {
        return new ApiException(status, code, message, hint, Optional.empty());
    }

    ApiException at(String where) {
        return new ApiException(status, code, reason(), hint, Optional.of(where));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return hint;
    }

    Optional<String> field() {
        return field;
    }

    /** As the API says what is wrong. */
    Object toJson() {
        return Json.object("error", Json.object("code", code, "message", reason(), "hint", hint, "field", field));
    }
}
