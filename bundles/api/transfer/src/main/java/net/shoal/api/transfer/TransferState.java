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

    record Paused() implements TransferState {
        @Override
        public String word() {
            return "paused";
        }
    }

    /** Nothing is lost; {@code reason} is a sentence for the user, {@code hint} what to try. */
    record Failed(String reason, String hint, Instant since) implements TransferState {
        @Override
        public String word() {
            return "failed";
        }
    }
}
