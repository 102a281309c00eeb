package net.shoal.ui.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import net.shoal.api.transfer.TransferState;
import net.shoal.api.transfer.TransferState.Paused;
import net.shoal.api.transfer.TransferStatus;
import org.jspecify.annotations.Nullable;

/** A transfer as the list shows it: values in a fixed order, so that two can be compared cheaply. */
final class Row implements Json.Writable {
    static final List<String> NAMES = List.of(
            "id",
            "name",
            "state",
            "part",
            "why",
            "problem",
            "size",
            "wanted",
            "done",
            "down",
            "up",
            "downloaded",
            "uploaded",
            "ratio",
            "peers",
            "seeds",
            "known",
            "eta",
            "path",
            "visibility",
            "share",
            "added",
            "completed",
            "removing");
    private static final double RATIO_STEPS = 1_000;

    private final @Nullable Object[] values;

    private Row(@Nullable Object... values) {
        this.values = values;
    }

    /** @param removing when it will be gone, in milliseconds; null if it stays */
    static Row of(TransferStatus status, @Nullable Long removing) {
        var state = status.state();
        return new Row(
                status.hashes().hex(),
                status.name(),
                state.word(),
                part(state),
                state instanceof Paused paused ? Words.of(paused.why()) : null,
                state instanceof TransferState.Failed failed ? problem(failed) : null,
                status.total(),
                status.wanted(),
                status.done(),
                status.downRate(),
                status.upRate(),
                status.downloaded(),
                status.uploaded(),
                Math.round(status.ratio() * RATIO_STEPS) / RATIO_STEPS,
                (long) status.peers(),
                (long) status.seeds(),
                (long) status.knownPeers(),
                status.etaSeconds().isPresent() ? (Long) status.etaSeconds().getAsLong() : null,
                status.path().toString(),
                Words.of(status.visibility()),
                status.inPlace(),
                status.added().toEpochMilli(),
                status.completed().isPresent() ? (Long) status.completed().get().toEpochMilli() : null,
                removing);
    }

    private static @Nullable Double part(TransferState state) {
        if (state instanceof TransferState.Checking checking) {
            return checking.checked();
        }
        return state instanceof TransferState.Moving moving ? (Double) moving.moved() : null;
    }

    private static Object problem(TransferState.Failed failed) {
        return Json.object(
                "trouble", failed.trouble().word(),
                "reason", failed.reason(),
                "hint", failed.hint(),
                "since", failed.since().toEpochMilli());
    }

    String id() {
        return String.valueOf(values[0]);
    }

    boolean isSame(Row other) {
        for (int i = 0; i < values.length; i++) {
            if (!Objects.equals(values[i], other.values[i])) {
                return false;
            }
        }
        return true;
    }

    /** The id, and what differs from how it was before. */
    Json.Writable since(Row before) {
        return out -> {
            out.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                if (i == 0 || !Objects.equals(values[i], before.values[i])) {
                    out.writeFieldName(NAMES.get(i));
                    Json.write(values[i], out);
                }
            }
            out.writeEndObject();
        };
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            out.writeFieldName(NAMES.get(i));
            Json.write(values[i], out);
        }
        out.writeEndObject();
    }
}
