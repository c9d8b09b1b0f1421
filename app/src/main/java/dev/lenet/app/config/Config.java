package dev.lenet.app.config;

import dev.lenet.api.engine.Device;
import java.util.Map;

/**
 * Every setting of a run, validated. {@code config.yaml} says what each one means.
 *
 * @param engine the name of an engine; whether there is such an engine is not known here
 * @param threads 0 for every processor
 * @param engineSettings what only one engine has, by the whole name
 */
public record Config(
        String engine,
        Device device,
        int threads,
        long seed,
        Map<String, String> engineSettings,
        DataConfig data,
        TrainingConfig training,
        ModelConfig model) {}
