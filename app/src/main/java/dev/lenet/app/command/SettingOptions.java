package dev.lenet.app.command;

import dev.lenet.app.config.Schema;
import dev.lenet.app.config.SettingOption;
import java.util.Objects;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives commands their options that are settings. Values keep their text: the configuration checks them, with the same rules and
 * messages as in a file.
 */
final class SettingOptions {
    private final Schema schema;

    SettingOptions(Schema schema) {
        this.schema = schema;
    }

    /** For a command and all commands under it: what every command has, and what it takes itself. */
    void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        CommandSpec mixin =
                Objects.requireNonNull(spec.mixins().get(GlobalOptions.MIXIN), "a command without its mixin");
        GlobalOptions global = (GlobalOptions) mixin.userObject();
        GlobalOptions.SETTINGS.forEach(place -> add(spec, global, place));
        if (spec.userObject() instanceof ConfiguredCommand configured) {
            configured.options().forEach(place -> add(spec, global, place));
        }
        command.getSubcommands().values().forEach(this::addTo);
    }

    private void add(CommandSpec spec, GlobalOptions global, OptionPlace place) {
        SettingOption option = place.option(schema);
        boolean hidden = spec.userObject() instanceof ConfiguredCommand configured && configured.hides(option.key());
        spec.addOption(OptionSpec.builder(option.names().toArray(new String[0]))
                .order(place.order())
                .hidden(hidden)
                .type(option.flag() ? boolean.class : String.class)
                .arity(option.flag() ? "0" : "1")
                .paramLabel(option.label())
                .description(option.help().replace("%", "%%"))
                .setter(setter(value -> global.add(option.given(option.flag() ? "false" : value))))
                .build());
    }

    private static ISetter setter(Consumer<String> given) {
        return new ISetter() {
            @Override
            public <T> T set(T value) {
                if (value != null) {
                    given.accept(value.toString());
                }
                return value;
            }
        };
    }
}
