package net.shoal.tracker;

/** What somebody asked makes no sense; the message says what was wrong and what would be right. */
final class BadRequest extends Exception {
    BadRequest(String message) {
        super(message);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
