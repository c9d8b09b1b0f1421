package dev.lenet.app.usecase;

import dev.lenet.api.engine.EngineDescription;
import dev.lenet.api.inference.Evaluation;
import dev.lenet.api.training.TrainingResult;
import dev.lenet.app.config.Config;
import dev.lenet.vision.Preparation;
import java.util.Map;
import java.util.TreeMap;

/** What a model file says of how its model came to be. */
final class TrainingFacts {
    private TrainingFacts() {}

    static Map<String, String> of(
            Config config, EngineDescription engine, TrainingResult result, Evaluation evaluation) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("dataset", config.data().dataset().id());
        facts.put("device", engine.device());
        facts.put(Preparation.FACT, config.data().dataset().preparation().id());
        facts.put("engine", engine.name());
        facts.put("epochs", String.valueOf(result.epochs().size()));
        facts.put("steps", String.valueOf(result.steps()));
        facts.put("batch_size", String.valueOf(config.training().batchSize()));
        facts.put("learning_rate", String.valueOf(config.training().rate()));
        facts.put("schedule", String.valueOf(config.training().toSchedule()));
        facts.put("augmentation", String.valueOf(config.toAugmentation()));
        facts.put("plain_epochs", String.valueOf(config.augmentation().plainEpochs()));
        facts.put("optimizer", String.valueOf(config.training().toOptimizer()));
        if (config.training().teachers() > 0) {
            facts.put("teachers", String.valueOf(config.training().teachers()));
            facts.put("temperature", String.valueOf(config.training().temperature()));
        }
        if (config.training().outliers() > 0) {
            facts.put("outliers", String.valueOf(config.training().outliers()));
        }
        facts.put("seed", String.valueOf(config.seed()));
        facts.put("test_accuracy", String.valueOf(evaluation.accuracy()));
        facts.put("test_loss", String.valueOf(evaluation.loss()));
        facts.put("version", Version.number());
        return facts;
    }
}
