package net.shoal.ui.rest;

import net.shoal.base.metainfo.SafeNames;

/** Names of files that a browser sends: only what every file system can hold as it is, and shows as what it is. */
final class UploadNames {
    private UploadNames() {}

    static void check(String field, String name) throws ApiException {
        boolean leads =
                name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\");
        if (leads
                || !SafeNames.forAnyFileSystem(name).equals(name)
                || !SafeNames.forDisplay(name).equals(name)) {
            throw ApiException.failed(
                            "a file cannot be called '"
                                    + SafeNames.forDisplay(name.length() > 100 ? name.substring(0, 100) + "…" : name)
                                    + "' on every machine",
                            "give it another name first; " + SafeNames.forAnyFileSystem(name) + " would do")
                    .at(field);
        }
    }
}
