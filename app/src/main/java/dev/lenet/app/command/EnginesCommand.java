package dev.lenet.app.command;

import dev.lenet.api.engine.Availability;
import dev.lenet.api.engine.Availability.Ready;
import dev.lenet.api.engine.Availability.Unavailable;
import dev.lenet.api.engine.EngineOptions;
import dev.lenet.api.engine.EngineProvider;
import dev.lenet.api.engine.Engines;
import dev.lenet.app.config.OptionHints;
import dev.lenet.app.console.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code engines}. */
@Command(description = "Lists the engines: whether each can run here, on what, and if not, why and what to do.")
final class EnginesCommand extends ConfiguredCommand {

    @Override
    public Integer call() {
        Console console = console();
        EngineOptions options = engineOptions(configuration().config());
        for (EngineProvider provider : Engines.all()) {
            Availability availability = provider.probe(options);
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("name", provider.name());
            if (availability instanceof Ready ready) {
                event.put("ready", true);
                event.put("detail", ready.detail());
                console.result("%-8s ready        %s", provider.name(), ready.detail());
            } else if (availability instanceof Unavailable unavailable) {
                event.put("ready", false);
                event.put("reason", unavailable.reason());
                event.put("remedy", OptionHints.in(unavailable.remedy()));
                console.result("%-8s unavailable  %s", provider.name(), unavailable.reason());
                console.result("%-8s              %s", "", OptionHints.in(unavailable.remedy()));
            }
            console.json(event);
        }
        return Program.DONE;
    }
}
