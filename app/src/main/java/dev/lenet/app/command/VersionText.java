package dev.lenet.app.command;

import dev.lenet.app.usecase.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "lenet " + Version.number(),
            "Java " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vm.vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
