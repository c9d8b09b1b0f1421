package dev.lenet.app.config;

import java.util.List;

/**
 * An option of the command line that gives a setting, as its declaration has it.
 *
 * @param key the setting
 * @param names of which the first is the one that messages name
 * @param label what its value is called; of no use for a flag
 * @param flag whether it takes no value, and makes the setting false
 * @param help a line
 */
public record SettingOption(String key, List<String> names, String label, boolean flag, String help) {

    public SettingOption {
        names = List.copyOf(names);
    }

    /** What the user has given with it. */
    public Setting given(String value) {
        return new Setting(key, names.get(0), value);
    }
}
