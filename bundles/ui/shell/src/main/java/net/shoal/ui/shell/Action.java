package net.shoal.ui.shell;

/** Carries out one word. Runs on a thread of its own, so it may wait; it is interrupted when the node stops. */
@FunctionalInterface
interface Action {
    /**
     * Returns when it is done.
     *
     * @throws CommandException if it failed
     * @throws IllegalArgumentException if what it was told cannot be, with a sentence that says what would be right
     */
    void run(Call call) throws CommandException, InterruptedException;
}
