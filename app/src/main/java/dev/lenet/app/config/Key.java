package dev.lenet.app.config;

/**
 * A setting there is.
 *
 * @param path its section, if it is in one, a dot, and its name
 * @param kind what it may be
 */
record Key<T>(String path, Kind<T> kind) {

    /** The section, or nothing for a key at the top. */
    String section() {
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
    }

    /** What is written before the colon. */
    String name() {
        return path.substring(path.indexOf('.') + 1);
    }
}
