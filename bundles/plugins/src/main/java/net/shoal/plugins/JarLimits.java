package net.shoal.plugins;

/**
 * Bounds of what is taken for a plugin's jar.
 *
 * @param jarBytes of the file
 * @param entries in it
 * @param unpackedBytes of all of them together
 * @param metadataBytes of each entry below {@code META-INF} and {@code OSGI-INF}, which is held in memory
 */
record JarLimits(long jarBytes, int entries, long unpackedBytes, int metadataBytes) {
    static final JarLimits DEFAULT = new JarLimits(64L << 20, 20_000, 256L << 20, 1 << 20);
}
