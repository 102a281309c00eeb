/**
 * A command of the user's that is run for each download that is complete. {@link CompletionCommand} is the component; {@link CommandTemplate}
 * is what the user wrote, {@link CommandRuns} runs it. What peers wrote (a torrent's name is theirs) only ever becomes an argument of
 * its own: there is no shell, no variable of the environment, and nothing that a program could take for an option.
 * A node without this bundle starts no programs.
 */
@NullMarked
package net.shoal.automation.command;

import org.jspecify.annotations.NullMarked;
