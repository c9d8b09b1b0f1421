package dev.lenet.app.serve;

import com.google.gson.JsonObject;
import dev.lenet.api.engine.Engine;
import java.util.Optional;

/** Where training runs are looked at. Called from one thread each. */
public interface RunSource {

    /** The run that was worked on last, as it is now; empty if there is none. Asked every second, so it is cheap. */
    Optional<State> latest();

    /**
     * What the newest checkpoint of a run gets wrong. Reads every validation image.
     *
     * @param run that {@link #latest} told of, with at least one epoch
     * @param engine to read them with
     */
    JsonObject mistakes(State run, Engine engine);

    /**
     * A run.
     *
     * @param name of its directory
     * @param epochs that have ended
     * @param json all there is to show
     */
    record State(String name, int epochs, JsonObject json) {}
}
