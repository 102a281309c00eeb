package net.shoal.launcher;

/** The archive of loaded classes (AppCDS) that makes later starts quicker. */
final class ClassArchive {
    private ClassArchive() {}

    static void makeLater(HomeFolder home, Distribution distribution) {}
}
