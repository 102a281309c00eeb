package net.shoal.ui.shell;

import net.shoal.base.command.Reply;

/** A command failed: exit status 1. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1;
    private final String code;
    private final String hint;

    /**
     * @param code for programs, see {@link Reply.Failure}
     * @param message what failed, a sentence for people
     * @param hint what to try
     */
    CommandException(String code, String message, String hint) {
        super(message);
        this.code = code;
        this.hint = hint;
    }

    /** The same, of one among several. */
    CommandException of(String name) {
        return new CommandException(code, name + ": " + getMessage(), hint);
    }

    Reply reply() {
        return new Reply.Failure(code, String.valueOf(getMessage()), hint);
    }
}
