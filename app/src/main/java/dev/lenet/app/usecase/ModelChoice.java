package dev.lenet.app.usecase;

import dev.lenet.api.ConfigException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The model that a user named.
 *
 * @param run the name of the run that made it, or null
 * @param file that holds it, or null
 */
public record ModelChoice(@Nullable String run, @Nullable Path file) {

    /** Nothing is named: the configuration says, or the program looks for one. */
    public static final ModelChoice NONE = new ModelChoice(null, null);

    /** @throws ConfigException if both are named */
    public ModelChoice {
        if (run != null && file != null) {
            throw new ConfigException(
                    "--run: expected --run or --model, as a run has a model of its own, received both."
                            + " Leave one of the two out.");
        }
    }
}
