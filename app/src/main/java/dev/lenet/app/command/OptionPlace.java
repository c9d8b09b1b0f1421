package dev.lenet.app.command;

import dev.lenet.app.config.Schema;
import dev.lenet.app.config.SettingOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a command shows the option of a setting. Everything else about it stands in the declaration of the setting.
 *
 * @param order in the command's help, among its other options
 * @param key of the setting
 * @param help instead of the declaration's, with <code>{range}</code> and <code>{default}</code> in it; null for that
 */
record OptionPlace(int order, String key, @Nullable String help) {

    OptionPlace(int order, String key) {
        this(order, key, null);
    }

    SettingOption option(Schema schema) {
        return help == null ? schema.option(key) : schema.option(key, help);
    }
}
