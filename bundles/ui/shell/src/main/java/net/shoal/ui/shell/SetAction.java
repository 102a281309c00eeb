package net.shoal.ui.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.shoal.api.net.Network;
import net.shoal.api.transfer.FilePriority;
import net.shoal.api.transfer.TransferChange;
import net.shoal.api.transfer.TransferDetails;
import net.shoal.api.transfer.TransferLimits;
import net.shoal.base.command.Assignment;
import net.shoal.base.command.TransferKey;
import net.shoal.base.command.UsageException;
import net.shoal.base.command.Values;
import net.shoal.base.metainfo.Glob;

/** {@code set}: all that is asked for is carried out, or none of it. */
final class SetAction implements Action {
    private final Network network;
    private final Lookup lookup;

    SetAction(Network network, Lookup lookup) {
        this.network = network;
        this.lookup = lookup;
    }

    @Override
    public void run(Call call) throws CommandException, UsageException, InterruptedException {
        var arguments = call.invocation().arguments();
        var assignments = arguments.subList(1, arguments.size()).stream()
                .map(Assignment::parse)
                .toList();
        failIfTwice(assignments, call);
        Each.of(lookup.findAll(arguments.subList(0, 1)), call, transfer -> {
            var changes = changes(assignments, Waiting.briefly(transfer.details()));
            Waiting.briefly(transfer.change(new TransferChange.Together(changes)));
            call.reply(Rows.set(Waiting.briefly(transfer.details()), prioritised(changes)));
        });
    }

    /** How many files. */
    private static int prioritised(List<TransferChange> changes) {
        return changes.stream()
                .mapToInt(change -> change instanceof TransferChange.Prioritise some
                        ? some.files().size()
                        : 0)
                .sum();
    }

    private static void failIfTwice(List<Assignment> assignments, Call call) throws UsageException {
        var seen = EnumSet.noneOf(TransferKey.class);
        for (var assignment : assignments) {
            if (!seen.add(assignment.key()) && !assignment.key().mayRepeat()) {
                throw new UsageException(
                        assignment.key().key() + " is given twice; it can have one value",
                        Optional.of(call.invocation().word()));
            }
        }
    }

    private List<TransferChange> changes(List<Assignment> assignments, TransferDetails details)
            throws CommandException, InterruptedException {
        var changes = new ArrayList<TransferChange>();
        var limits = details.options().limits();
        var priorities = new LinkedHashMap<Integer, FilePriority>();
        for (var assignment : assignments) {
            if (assignment.key() == TransferKey.PRIORITY) {
                priorities.putAll(priorities(assignment, details));
            } else {
                limits = limits(assignment, limits);
                change(assignment).ifPresent(changes::add);
            }
        }
        if (!limits.equals(details.options().limits())) {
            changes.add(new TransferChange.Limit(limits));
        }
        if (!priorities.isEmpty()) {
            changes.add(new TransferChange.Prioritise(priorities));
        }
        return changes;
    }

    private static TransferLimits limits(Assignment assignment, TransferLimits now) {
        var value = assignment.value();
        return switch (assignment.key()) {
            case DOWN_LIMIT ->
                new TransferLimits(Values.rate(value), now.upRate(), now.maxPeers(), now.ratio(), now.idle());
            case UP_LIMIT ->
                new TransferLimits(now.downRate(), Values.rate(value), now.maxPeers(), now.ratio(), now.idle());
            case MAX_PEERS ->
                new TransferLimits(now.downRate(), now.upRate(), Values.count(value), now.ratio(), now.idle());
            case RATIO ->
                new TransferLimits(now.downRate(), now.upRate(), now.maxPeers(), Values.ratio(value), now.idle());
            case IDLE ->
                new TransferLimits(now.downRate(), now.upRate(), now.maxPeers(), now.ratio(), Values.idle(value));
            default -> now;
        };
    }

    private Optional<TransferChange> change(Assignment assignment) throws CommandException, InterruptedException {
        var value = assignment.value();
        return Optional.ofNullable(
                switch (assignment.key()) {
                    case SEQUENTIAL -> new TransferChange.Sequential(Values.toggle(value));
                    case FIRST_LAST -> new TransferChange.FirstAndLast(Values.toggle(value));
                    case SUPER_SEEDING -> new TransferChange.SuperSeed(Values.toggle(value));
                    case FORCE -> new TransferChange.Force(Values.toggle(value));
                    case QUEUE ->
                        new TransferChange.Queue(TransferChange.Queue.Place.valueOf(value.toUpperCase(Locale.ROOT)));
                    case TRACKER -> new TransferChange.AddTrackers(List.of(Values.url(value)));
                    case WEB_SEED -> new TransferChange.AddWebSeeds(List.of(Values.url(value)));
                    case PEER -> new TransferChange.AddPeers(Peers.resolve(value, network));
                    default -> null;
                });
    }

    private static Map<Integer, FilePriority> priorities(Assignment assignment, TransferDetails details)
            throws CommandException {
        if (details.files().isEmpty()) {
            throw new CommandException(
                    "failed", "the files of this transfer are not known yet", "wait until its metadata has come");
        }
        var glob = new Glob(assignment.glob());
        var priority = FilePriority.valueOf(assignment.value().toUpperCase(Locale.ROOT));
        var found = new LinkedHashMap<Integer, FilePriority>();
        details.files().stream()
                .filter(file -> glob.matches(file.path()))
                .forEach(file -> found.put(file.index(), priority));
        if (found.isEmpty()) {
            throw new CommandException(
                    "unknown",
                    "no file matches " + assignment.glob(),
                    "`show` lists its files; there is " + details.files().get(0).path());
        }
        return found;
    }
}
