package dev.lenet.app.usecase;

/** Which version of the program this is. */
public final class Version {
    private Version() {}

    /** Of the jar, or {@code "development"} where classes run without one. */
    public static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
