package net.shoal.engine.transfer;

import java.util.Optional;
import net.shoal.engine.queue.Standing;
import net.shoal.engine.queue.Ticket;
import net.shoal.engine.queue.TransferQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer does, by what its facts and the queue say: the first of these that holds.
 *
 * <pre>
 *   GONE    it was removed, or the node stops
 *   MOVE    some of its files are to be taken elsewhere
 *   CHECK   it is paused or has no turn, and a user wants it checked
 *   PAUSED
 *   QUEUED  it has no turn
 *   RUN     it fetches metadata, opens what is there, downloads and seeds
 * </pre>
 *
 * One activity at a time: whatever changes, what was going on ends first, and then it is looked at anew. On the transfer's loop.
 */
final class TransferCourse {
    /** What there is to do. */
    enum Goal {
        GONE,
        MOVE,
        CHECK,
        PAUSED,
        QUEUED,
        RUN;

        boolean isActivity() {
            return this == MOVE || this == CHECK || this == RUN;
        }

        /** A run that is still opening checks, too; which of both it was is asked when it is done with that. */
        boolean goesOnWith(Goal other) {
            return this == other || (this == CHECK && other == RUN) || (this == RUN && other == CHECK);
        }
    }

    /** The transfer. */
    interface Stage {
        /** Its info dictionary is there: it has files. */
        boolean hasFiles();

        /** What it is to the queue; asked on any thread before it has begun. */
        Standing standing();

        /** Makes it; it is started later. */
        Activity begin(Goal goal);

        /** It has, or loses, its turn. On any thread. */
        void onTurn();

        /** Its place in the queue is another, which is to be saved. On any thread. */
        void onPlace();

        /** To be seen, until the activity says more. */
        void show(Goal goal);

        /** Nothing is open, for now. */
        void ended();
    }

    private final TransferFacts facts;
    private final Stage stage;
    private final Ticket ticket;
    private @Nullable Activity activity;
    private Goal doing = Goal.QUEUED;
    private boolean ending;
    private boolean checksNow;
    private Optional<Runnable> gone = Optional.empty();

    TransferCourse(TransferFacts facts, Stage stage, TransferQueue queue, boolean isNew) {
        this.facts = facts;
        this.stage = stage;
        var owner = new Ticket.Owner() {
            @Override
            public void onTurn() {
                stage.onTurn();
            }

            @Override
            public void onPlace(long place) {
                facts.place = place;
                stage.onPlace();
            }
        };
        this.ticket = isNew ? queue.join(stage.standing(), owner) : queue.rejoin(facts.place, stage.standing(), owner);
    }

    Ticket ticket() {
        return ticket;
    }

    /** What is to be done; takes a turn where there is one to be had. */
    Goal goal() {
        if (gone.isPresent()) {
            return Goal.GONE;
        }
        boolean hasTurn = ticket.stand(stage.standing());
        if (!facts.leaving.isEmpty() && stage.hasFiles()) {
            return Goal.MOVE;
        }
        if (facts.paused.isEmpty() && hasTurn) {
            return Goal.RUN;
        }
        if (checksNow && stage.hasFiles()) {
            return Goal.CHECK;
        }
        return facts.paused.isPresent() ? Goal.PAUSED : Goal.QUEUED;
    }

    /** Something has changed: goes over to what is to be done now. */
    void proceed() {
        var goal = goal();
        if (activity != null && !ending && doing.goesOnWith(goal)) {
            doing = goal;
            return;
        }
        stage.show(goal);
        if (activity == null) {
            begin(goal);
        } else if (!ending) {
            end(activity);
        }
    }

    /** As {@link #proceed}, but what is going on begins anew. */
    void restart() {
        if (activity == null || ending) {
            proceed();
        } else {
            stage.show(goal());
            end(activity);
        }
    }

    /** Hashes everything as soon as may be, whether it has a turn or not. */
    void check() {
        checksNow = true;
        restart();
    }

    /** The check is over, or not wanted any more. */
    void checked() {
        checksNow = false;
    }

    /** Ends for good. */
    void leave(Runnable then) {
        gone = Optional.of(then);
        ticket.leave();
        proceed();
    }

    private void begin(Goal goal) {
        doing = goal;
        if (goal.isActivity()) {
            var begun = stage.begin(goal);
            activity = begun;
            begun.start();
        } else if (goal == Goal.GONE) {
            gone.ifPresent(Runnable::run);
        }
    }

    private void end(Activity before) {
        ending = true;
        before.end(() -> {
            ending = false;
            activity = null;
            stage.ended();
            proceed();
        });
    }

    /** What is going on, if it is of this kind. */
    <A extends Activity> Optional<A> now(Class<A> kind) {
        return ending
                ? Optional.empty()
                : Optional.ofNullable(activity).filter(kind::isInstance).map(kind::cast);
    }
}
