package dev.lenet.app.usecase;

import java.nio.file.Path;

/** Hears what a use case has to say that is no result. */
public interface Notices {

    /** A sentence worth knowing. */
    void note(String sentence);

    /** A sentence about what went wrong and did not end the work. */
    void problem(String sentence);

    /** A model was taken though none was named. */
    void modelChosen(Path model, Origin origin);

    /** Why a model was taken. */
    enum Origin {
        /** The newest completed run made it. */
        NEWEST_RUN,
        /** It came with the program. */
        SHIPPED
    }
}
