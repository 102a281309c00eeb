package net.shoal.automation.watch;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How watching goes: for the log, where each trouble is named once, and for whoever asks. Safe for use from any thread. */
final class Report {
    private static final Logger LOG = LoggerFactory.getLogger(Report.class);
    private static final int MAX_NAMED = 20;

    private final Map<Path, String> folders = new LinkedHashMap<>();
    private final Map<Path, String> unreadable = new LinkedHashMap<>();
    private final Deque<String> setAside = new ArrayDeque<>();
    private Map<Path, String> unreadableBefore = Map.of();
    private long added;
    private long setAsideThere;

    synchronized void begin(Collection<Path> watched) {
        folders.keySet().retainAll(watched);
        unreadableBefore = Map.copyOf(unreadable);
        unreadable.clear();
        setAsideThere = 0;
    }

    synchronized void watched(Path folder, int invalidFiles) {
        setAsideThere += invalidFiles;
        if (!"".equals(folders.put(folder, ""))) {
            LOG.info("Watching {}", folder);
        }
    }

    synchronized void unwatched(Path folder, String why) {
        if (!why.equals(folders.put(folder, why))) {
            LOG.warn("{} cannot be watched: {}; it is tried again at every look", folder, why);
        }
    }

    synchronized void unreadable(Path file, String why) {
        if (unreadable.size() < MAX_NAMED) {
            unreadable.put(file, why);
            if (!why.equals(unreadableBefore.get(file))) {
                LOG.warn("{} cannot be read: {}; it is tried again at every look", file, why);
            }
        }
    }

    synchronized void added() {
        added++;
    }

    synchronized void setAside(Path file, String reason) {
        if (setAside.size() == MAX_NAMED) {
            setAside.removeFirst();
        }
        setAside.addLast(file + ": " + reason);
    }

    /** What is well, in sentences. */
    synchronized List<String> news() {
        var news = new ArrayList<String>();
        folders.forEach((folder, why) -> {
            if (why.isEmpty()) {
                news.add("Watching " + folder + ".");
            }
        });
        if (added > 0) {
            news.add(added + (added == 1 ? " file was" : " files were") + " added since the node began.");
        }
        return news;
    }

    /** What is not, in sentences. */
    synchronized List<String> troubles() {
        var troubles = new ArrayList<String>();
        folders.forEach((folder, why) -> {
            if (!why.isEmpty()) {
                troubles.add(folder + " cannot be watched: " + why + ".");
            }
        });
        unreadable.forEach((file, why) -> troubles.add(file + " cannot be read: " + why + "."));
        if (setAsideThere > 0) {
            troubles.add(
                    "Of what was put there, " + setAsideThere
                            + " could not be read and ends in .invalid; delete it, or take the ending off to have it tried again.");
        }
        setAside.forEach(each -> troubles.add("Set aside: " + each));
        return troubles;
    }
}
