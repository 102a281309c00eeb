package net.shoal.api.transfer;

import java.io.IOException;

/** Storage that does not do what is asked of it, in words for the user. */
public final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble: what a program goes by. */
    public enum Trouble {
        DISK_FULL("disk-full"),
        /** The drive or the folder is not there. */
        MISSING("missing"),
        READ_ONLY("read-only"),
        NO_PERMISSION("no-permission"),
        /** The content is not what it was, or not what it should be. */
        CHANGED("changed"),
        /** Too many files are open, or another bound of the system is reached. */
        EXHAUSTED("exhausted"),
        /** The storage it asks for is not installed, or stopped. */
        NO_STORAGE("no-storage"),
        /** It cannot ever work so, such as a file in the way. */
        REFUSED("refused"),
        /** Reading or writing failed. */
        IO_ERROR("io-error");

        private final String word;

        Trouble(String word) {
            this.word = word;
        }

        /** Lower case, no spaces. */
        public String word() {
            return word;
        }
    }

    private final Trouble trouble;
    private final String hint;

    /**
     * @param message a sentence that says what is wrong and where
     * @param hint what to do about it
     */
    public StorageException(Trouble trouble, String message, String hint, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.hint = hint;
    }

    /** For trouble that is of our own finding. */
    public StorageException(Trouble trouble, String message, String hint) {
        super(message);
        this.trouble = trouble;
        this.hint = hint;
    }

    public Trouble trouble() {
        return trouble;
    }

    public String hint() {
        return hint;
    }
}
