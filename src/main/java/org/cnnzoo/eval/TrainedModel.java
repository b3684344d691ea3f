package org.cnnzoo.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.Backend;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.NetworkDifference;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as a checkpoint has it.
 *
 * @param model with the checkpoint's values
 * @param network that it was built from
 * @param provenance classes, preprocessing and data
 */
public record TrainedModel(Model model, Network network, Provenance provenance) {

    /**
     * Builds a checkpoint's network and gives it the checkpoint's values.
     *
     * @param zoo where the base of a variant is looked up, if the checkpoint hasn't got it
     * @throws org.cnnzoo.errors.BadInput if there is no such file
     * @throws WorkFailed if it is damaged, or doesn't fit the network
     */
    public static TrainedModel load(Path checkpoint, Zoo zoo) {
        return load(checkpoint, zoo, Backend.AUTO);
    }

    /** The same on that engine, in that precision. */
    public static TrainedModel load(Path checkpoint, Zoo zoo, Backend backend) {
        Checkpoint read = CheckpointFile.read(checkpoint);
        Network network = network(read.provenance(), zoo);
        Model model = ModelBuilder.build(network, read.progress().seed(), backend);
        TrainedModel trained = new TrainedModel(model, network, read.provenance());
        trained.take(checkpoint, read.values());
        return trained;
    }

    /** Whether images are those that it was trained and validated on, divided as they were. */
    public boolean wasTrainedOn(Dataset data) {
        return data.hash().equals(provenance.datasetHash());
    }

    /** Gives the model the values of another checkpoint of the same network. */
    public void take(Path checkpoint) {
        take(checkpoint, CheckpointFile.read(checkpoint).values());
    }

    private void take(Path checkpoint, INDArray values) {
        INDArray own = model.values();
        if (values.length() != own.length()) {
            throw new WorkFailed(
                    "%s has %,d values, %s has %,d: the architecture file was changed since"
                            .formatted(checkpoint, values.length(), network.name(), own.length()));
        }
        own.assign(values.reshape(own.shape()));
    }

    /** The network of the texts in a checkpoint, whatever became of the files. */
    public static Network network(Provenance provenance, Zoo zoo) {
        return NetworkBuilder.build(architecture(provenance, zoo));
    }

    /**
     * What its network would compute otherwise with further values in its architecture's file.
     *
     * @param zoo as in {@link #load(Path, Zoo)}
     * @return nothing if it is the same
     */
    public Optional<String> difference(List<SetValue> more, Zoo zoo) {
        if (more.isEmpty()) {
            return Optional.empty();
        }
        Provenance with = provenance.with(more);
        return NetworkDifference.between(network, network(with, zoo));
    }

    /**
     * The architecture of those texts; where a variant's base isn't there, as in early checkpoints,
     * the zoo has it.
     */
    public static Architecture architecture(Provenance provenance, Zoo zoo) {
        List<SetValue> sets =
                provenance.overrides().entrySet().stream()
                        .map(e -> SetValue.of(e.getKey(), e.getValue(), "the checkpoint"))
                        .toList();
        return provenance.text().lacksBase()
                ? zoo.load(provenance.model(), sets)
                : provenance.text().read(provenance.model(), sets);
    }
}
