package net.shoal.base.command;

import java.util.Optional;

/** A command line that cannot be understood: exit status 2. The message is a sentence for the user. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Optional<Word> word;

    public UsageException(String message, Optional<Word> word) {
        super(message);
        this.word = word;
    }

    /** What to show below the message: how to use the command, or the program. */
    public String usage() {
        return word.map(known -> "usage: " + known.usage() + "\n       shoal " + known.name() + " --help tells more")
                .orElse("usage: shoal [COMMAND] [options]\n       shoal --help lists the commands");
    }

    @Override
    public String getMessage() {
        var message = super.getMessage();
        return message == null ? "" : message;
    }
}
