package dev.lenet.app.usecase;

import dev.lenet.api.model.ModelFile;
import dev.lenet.app.storage.RunDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that was found.
 *
 * @param path of its file, as users see it
 * @param run that made it; null for a file of which that is not known
 */
record TrainedModel(ModelFile file, Path path, @Nullable RunDirectory run) {}
