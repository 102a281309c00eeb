package net.shoal.launcher;

/** A node cannot run; the message is a sentence for the user, the hint says what to try. */
final class NodeException extends Exception {
    private static final long serialVersionUID = 1;
    private final String hint;

    NodeException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }

    @Override
    public String getMessage() {
        var message = super.getMessage();
        return message == null ? "" : message;
    }
}
