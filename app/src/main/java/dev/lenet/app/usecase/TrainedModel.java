package dev.lenet.app.run;

import dev.lenet.api.model.ModelFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that was found.
 *
 * @param path of its file, as users see it
 * @param origin who chose it
 * @param run that made it; null for a file of which that is not known
 */
record TrainedModel(
        ModelFile file, Path path, Origin origin, @Nullable RunDirectory run) {

    /** Who chose a model. */
    enum Origin {
        /** The user, on the command line or in a file. */
        NAMED(""),
        NEWEST_RUN("of the newest run that got to its end"),
        SHIPPED("which came with the program");

        private final String words;

        Origin(String words) {
            this.words = words;
        }
    }

    /** Says which model it is where the user named none. */
    void tell(Console console) {
        if (origin != Origin.NAMED) {
            console.note("Model: " + path + ", " + origin.words + ". Another: --model FILE or --run NAME.");
        }
    }
}
