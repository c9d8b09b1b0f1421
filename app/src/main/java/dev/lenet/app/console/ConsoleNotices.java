package dev.lenet.app.console;

import dev.lenet.app.usecase.ModelOrigin;
import dev.lenet.app.usecase.Notices;
import java.nio.file.Path;

/** Prints notices on stderr. */
public final class ConsoleNotices implements Notices {
    private final Console console;

    public ConsoleNotices(Console console) {
        this.console = console;
    }

    @Override
    public void note(String sentence) {
        console.note(sentence);
    }

    @Override
    public void problem(String sentence) {
        console.problem(sentence);
    }

    @Override
    public void modelChosen(Path model, ModelOrigin origin) {
        String words =
                origin == ModelOrigin.SHIPPED ? "which came with the program" : "of the newest run that got to its end";
        console.note("Model: " + model + ", " + words + ". Another: --model FILE or --run NAME.");
    }
}
