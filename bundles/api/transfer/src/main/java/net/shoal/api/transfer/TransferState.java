package net.shoal.api.transfer;

import java.time.Instant;

/** What a transfer is doing. */
public sealed interface TransferState {
    /** A word for lists: lower case, no spaces. */
    String word();

    /** The info dictionary is still to come from peers. */
    record FetchingMetadata() implements TransferState {
        @Override
        public String word() {
            return "metadata";
        }
    }

    /** Hashing what is on disk; {@code checked} of 1. */
    record Checking(double checked) implements TransferState {
        @Override
        public String word() {
            return "checking";
        }
    }

    record Downloading() implements TransferState {
        @Override
        public String word() {
            return "downloading";
        }
    }

    /** All that is wanted is there and verified. */
    record Seeding() implements TransferState {
        @Override
        public String word() {
            return "seeding";
        }
    }

    /** Waits for its turn: as many as may be at work are. */
    record Queued() implements TransferState {
        @Override
        public String word() {
            return "queued";
        }
    }

    /** Its files are on their way to another place; {@code moved} of 1. */
    record Moving(double moved) implements TransferState {
        @Override
        public String word() {
            return "moving";
        }
    }

    /** Stopped, by {@code why}. */
    record Paused(Why why) implements TransferState {
        /** What made it stop. */
        public enum Why {
            USER,
            /** It is known what would come, and somebody is to say whether it shall. */
            CHOICE,
            /** It has uploaded as much as it was to. */
            RATIO,
            /** Nobody wanted anything of it for as long as it was to wait. */
            IDLE
        }

        @Override
        public String word() {
            return "paused";
        }
    }

    /**
     * Nothing is lost, and it goes on by itself when the cause is gone.
     *
     * @param reason a sentence for the user
     * @param hint what to try
     */
    record Failed(StorageException.Trouble trouble, String reason, String hint, Instant since)
            implements TransferState {
        @Override
        public String word() {
            return "failed";
        }
    }
}
