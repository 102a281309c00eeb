package net.shoal.base.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Shows the replies to one command: results on standard output, progress and errors on standard error. For use by one thread. */
public final class View {
    /** How often a log gets a line. */
    private static final long PLAIN_INTERVAL = 5_000_000_000L;

    private static final String ERASE_LINE = "\r\u001b[K";

    /** How much is shown, and as what. */
    public record Mode(boolean json, boolean quiet) {
        public static Mode of(Invocation invocation) {
            return new Mode(invocation.has("--json"), invocation.has("--quiet"));
        }
    }

    private final Word word;
    private final Mode mode;
    private final Terminal terminal;
    private final PrintStream out;
    private final PrintStream err;
    private final LongSupplier nanoTime;
    private final List<Fields> rows = new ArrayList<>();
    private boolean barShown;
    private long nextPlainLine;
    private boolean plainBegun;

    public View(Word word, Mode mode, Terminal terminal, PrintStream out, PrintStream err, LongSupplier nanoTime) {
        this.word = word;
        this.mode = mode;
        this.terminal = terminal;
        this.out = out;
        this.err = err;
        this.nanoTime = nanoTime;
    }

    public void show(Reply reply) {
        if (reply instanceof Reply.Progress progress) {
            progress(progress);
            return;
        }
        endBar();
        if (reply instanceof Reply.Result result) {
            result(result);
        } else if (reply instanceof Reply.Event event) {
            print(mode.json ? Json.writeAscii(event.typed()) + "\n" : ResultText.event(new Fields(event.fields())));
        } else if (reply instanceof Reply.Failure failure) {
            failure(failure);
        } else {
            end();
        }
    }

    /** Leaves the cursor at the beginning of a line, whatever happened. */
    public void endBar() {
        if (barShown) {
            err.print(ERASE_LINE);
            err.flush();
            barShown = false;
        }
    }

    private void progress(Reply.Progress progress) {
        if (mode.quiet) {
            return;
        }
        if (terminal.err() && terminal.moves()) {
            err.print(ERASE_LINE + ProgressText.bar(progress, terminal));
            err.flush();
            barShown = true;
            return;
        }
        long now = nanoTime.getAsLong();
        if (!plainBegun) {
            // what is done at once needs no line
            plainBegun = true;
            nextPlainLine = now + PLAIN_INTERVAL / 5;
        } else if (now - nextPlainLine >= 0) {
            nextPlainLine = now + PLAIN_INTERVAL;
            err.println(ProgressText.plain(progress));
        }
    }

    private void result(Reply.Result result) {
        if (mode.json) {
            print(Json.writeAscii(result.typed()) + "\n");
            return;
        }
        var fields = new Fields(result.fields());
        if (ResultText.isTable(word.name())) {
            rows.add(fields);
            return;
        }
        print(ResultText.one(word.name(), fields));
        if (!mode.quiet && terminal.out() && terminal.err() && word.name().equals(Vocabulary.SHARE)) {
            QrText.of(fields.text("link"), terminal).ifPresent(err::print);
        }
    }

    private void failure(Reply.Failure failure) {
        if (mode.json) {
            err.println(Json.writeAscii(failure.typed()));
            return;
        }
        var hint = SafeText.of(failure.hint());
        err.println("shoal: " + SafeText.of(failure.message()) + (hint.isEmpty() ? "" : "; " + hint));
    }

    private void end() {
        if (ResultText.isTable(word.name()) && !mode.json) {
            print(ResultText.table(word.name(), rows));
            rows.clear();
        }
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }
}
