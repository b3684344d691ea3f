package org.cnnzoo.cli;

import static org.cnnzoo.recipe.Settings.MODEL;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cnnzoo.build.Backend;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.YamlReader;
import org.cnnzoo.spec.Zoo;
import org.cnnzoo.weights.Convention;
import org.cnnzoo.weights.Mapping;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that use a trained network: a run's checkpoint, or a file. */
final class CheckpointOptions {
    @Option(names = "--run", paramLabel = "RUN", description = "A run folder: its best checkpoint.")
    private @Nullable Path run;

    @Option(names = "--last", description = "The run's last checkpoint instead of its best.")
    private boolean last;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint's zip file, instead of a run.")
    private @Nullable Path checkpoint;

    /**
     * The checkpoint's file, which need not be there.
     *
     * @throws BadInput if the options don't say which, or the run isn't there
     */
    Path file() {
        if ((run == null) == (checkpoint == null)) {
            throw new BadInput("give either --run RUN or --checkpoint FILE");
        }
        if (checkpoint != null) {
            if (last) {
                throw new BadInput("--last has an effect only with --run");
            }
            return checkpoint;
        }
        RunFiles files = RunFiles.of(Objects.requireNonNull(run));
        return last ? files.last() : files.best();
    }

    /** The run that was given and has a configuration; else nothing. */
    Optional<RunFiles> run() {
        return Optional.ofNullable(run)
                .map(RunFiles::new)
                .filter(files -> Files.exists(files.config()));
    }

    /**
     * What others call a network's layers: by the architecture file that a run names, or by the
     * model's name in the zoo.
     */
    Mapping mapping(TrainedModel trained) {
        Optional<Path> own =
                run().flatMap(files -> Recipe.ofFile(YamlReader.read(files.config())).find(MODEL))
                        .map(given -> (String) given.value())
                        .filter(Zoo::isFile)
                        .map(Path::of);
        if (own.isEmpty()) {
            return Mapping.of(Home.zoo(), trained.provenance().model());
        }
        Architecture architecture = TrainedModel.architecture(trained.provenance(), Home.zoo());
        Mapping beside = Mapping.of(own.get(), List.of(architecture.name(), architecture.family()));
        return !Files.exists(own.get()) && beside.preferred().equals(Convention.OWN)
                ? Mapping.of(Home.zoo(), trained.provenance().model())
                : beside;
    }

    /** The checkpoint's network, see {@link TrainedModel#load}. */
    TrainedModel load(Backend backend) {
        return TrainedModel.load(file(), Home.zoo(), backend);
    }
}
