package dev.lenet.interop;

import dev.lenet.api.ModelFormatException;
import dev.lenet.api.Shape;
import dev.lenet.api.ShapeException;
import dev.lenet.api.model.ModelFile;
import dev.lenet.api.model.Safetensors;
import dev.lenet.api.network.LeNet5;
import dev.lenet.api.network.Mlp;
import dev.lenet.api.network.Network;
import dev.lenet.api.network.ParameterSpec;
import dev.lenet.api.network.ResNet8;
import dev.lenet.api.network.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Weights that PyTorch saved as safetensors: names and shapes, without a word on the network they are of. The networks of the api are
 * recognised by them, but for what a state_dict does not hold: activations, poolings, and how pixels become inputs.
 *
 * <pre>{@code
 * StateDict read = StateDict.read(Path.of("model.safetensors"), StateDict.networks());
 * read.notes().forEach(System.err::println);
 * read.model().withNormalization(new Normalization(0.1307, 0.3081)).write(Path.of("mine.safetensors"));
 * }</pre>
 *
 * @param model without a normalisation, unless the file has one
 * @param notes what was not as it is here, sentences: prefixes, other types, what fits as well
 */
public record StateDict(ModelFile model, List<String> notes) {
    /** What wrappers put before the names: DataParallel, torch.compile, and modules that hold a model. */
    private static final Set<String> WRAPPERS = Set.of("module.", "_orig_mod.", "model.");

    /** Counters of batch normalisations, which are of no use here. */
    private static final String COUNTER = "num_batches_tracked";

    /** Of the first convolution of LeNet-5; the usual ones first. */
    private static final List<Integer> PADDINGS = List.of(2, 0, 4, 3, 1);

    private static final Shape IMAGE = Shape.of(1, 28, 28);

    /** Of fully connected layers alone. */
    private static final int MOST_LAYERS = 64;

    public StateDict {
        notes = List.copyOf(notes);
    }

    /**
     * A network for any number of classes.
     *
     * @param title what messages call it
     */
    public record Candidate(String title, IntFunction<Network> network) {}

    /** The networks of the api whose tensors tell them apart, with rectifiers: LeNet-5 of any padding, and resnet8. */
    public static List<Candidate> networks() {
        List<Candidate> candidates = new ArrayList<>();
        for (int padding : PADDINGS) {
            candidates.add(new Candidate(
                    "LeNet-5 with rectifiers and a padding of " + padding,
                    classes -> LeNet5.network(padding, classes)));
        }
        candidates.add(new Candidate("resnet8", classes -> ResNet8.network(IMAGE, classes)));
        return candidates;
    }

    /** LeNet-5 of any padding with hyperbolic tangents and average pooling, whose tensors are the same as with rectifiers. */
    public static List<Candidate> tanhNetworks() {
        return PADDINGS.stream()
                .map(padding -> new Candidate(
                        "LeNet-5 with hyperbolic tangents and a padding of " + padding,
                        classes -> LeNet5.tanh(padding, classes)))
                .toList();
    }

    /**
     * Reads a file.
     *
     * @param candidates what it may be besides fully connected layers {@code fc1}, {@code fc2} ...; the first that fits is taken, and
     *     others that fit are noted
     * @throws ModelFormatException if it is missing, damaged, a pickle, or fits no network: with the first difference from the nearest
     */
    public static StateDict read(Path file, List<Candidate> candidates) {
        refusePickle(file);
        Safetensors.Converted converted = Safetensors.readConverted(file);
        try {
            return read(converted, candidates);
        } catch (ModelFormatException | ShapeException e) {
            throw new ModelFormatException(file + ": " + e.getMessage(), e);
        }
    }

    private static StateDict read(Safetensors.Converted converted, List<Candidate> candidates) {
        List<String> notes = new ArrayList<>();
        Map<String, TensorData> tensors =
                new LinkedHashMap<>(converted.content().tensors());
        Map<String, String> types = new TreeMap<>(converted.types());
        String prefix = prefix(tensors);
        if (!prefix.isEmpty()) {
            notes.add("Names without the prefix '" + prefix + "', which a wrapper added.");
            tensors = unwrapped(tensors, prefix.length());
            types = unwrapped(types, prefix.length());
        }
        Set<String> counters = new TreeSet<>(tensors.keySet());
        counters.removeIf(name -> !name.endsWith("." + COUNTER));
        if (!counters.isEmpty()) {
            notes.add("Without the " + counters.size() + " counters " + COUNTER
                    + " of batch normalisations, which predictions do not need.");
            tensors.keySet().removeAll(counters);
            types.keySet().removeAll(counters);
        }
        types.forEach((name, type) -> {
            if (type.equals("I64")) {
                throw new ModelFormatException(
                        Excerpt.quoted(name) + ": expected fractions, received integers of 64 bits. Save the weights.");
            }
        });
        for (String type : new TreeSet<>(types.values())) {
            long count = types.values().stream().filter(type::equals).count();
            notes.add("Converted " + count + " of " + tensors.size() + " tensors from " + type + " to float32.");
        }
        boolean isChanged = !prefix.isEmpty() || !counters.isEmpty() || !types.isEmpty();
        Map<String, String> metadata = new TreeMap<>(converted.content().metadata());
        if (isChanged) {
            // Digests of what stood there before.
            metadata.keySet().removeIf(key -> key.startsWith("lenet.") && key.endsWith("sha256"));
        }
        List<Network> networks =
                metadata.containsKey("lenet.network") ? List.of() : networks(tensors, candidates, notes);
        return new StateDict(ModelFile.of(new Safetensors(metadata, tensors), networks), notes);
    }

    private static String prefix(Map<String, TensorData> tensors) {
        String prefix = "";
        boolean isLonger = true;
        while (isLonger) {
            isLonger = false;
            for (String wrapper : WRAPPERS) {
                String longer = prefix + wrapper;
                if (!tensors.isEmpty() && tensors.keySet().stream().allMatch(name -> name.startsWith(longer))) {
                    prefix = longer;
                    isLonger = true;
                    break;
                }
            }
        }
        return prefix;
    }

    private static <T> Map<String, T> unwrapped(Map<String, T> values, int length) {
        Map<String, T> unwrapped = new LinkedHashMap<>();
        values.forEach((name, value) -> unwrapped.put(name.substring(length), value));
        return unwrapped;
    }

    /** The first that fits alone; if none does, all of them, for the nearest one's differences. */
    private static List<Network> networks(
            Map<String, TensorData> tensors, List<Candidate> candidates, List<String> notes) {
        List<Network> all = new ArrayList<>();
        List<String> fitting = new ArrayList<>();
        @Nullable Network first = null;
        for (Candidate candidate : candidates) {
            Network network = forClasses(candidate, tensors);
            all.add(network);
            if (fits(network, tensors)) {
                fitting.add(candidate.title());
                first = first == null ? network : first;
            }
        }
        Network mlp = mlp(tensors);
        if (first == null && mlp != null) {
            return List.of(mlp);
        }
        if (fitting.size() > 1) {
            notes.add("Taken as " + fitting.get(0) + "; the tensors fit "
                    + String.join(" and ", fitting.subList(1, fitting.size())) + " as well.");
        } else if (fitting.size() == 1) {
            notes.add("Taken as " + fitting.get(0) + ".");
        }
        return first == null ? all : List.of(first);
    }

    /** As many as the last weight has rows. */
    private static Network forClasses(Candidate candidate, Map<String, TensorData> tensors) {
        Network network = candidate.network().apply(10);
        List<ParameterSpec> parameters = network.parameters();
        String last = parameters.get(parameters.size() - 1).name();
        TensorData tensor = tensors.get(last);
        return tensor == null || tensor.shape().rank() != 1
                ? network
                : candidate.network().apply(tensor.shape().size());
    }

    private static boolean fits(Network network, Map<String, TensorData> tensors) {
        return network.parameters().size() == tensors.size()
                && network.parameters().stream().allMatch(parameter -> {
                    TensorData tensor = tensors.get(parameter.name());
                    return tensor != null && tensor.shape().equals(parameter.shape());
                });
    }

    /** Of fully connected layers on images; null if the tensors are not of such. */
    private static @Nullable Network mlp(Map<String, TensorData> tensors) {
        int layers = tensors.size() / 2;
        if (layers < 1 || layers > MOST_LAYERS) {
            return null;
        }
        int[] outputs = IntStream.rangeClosed(1, layers)
                .mapToObj(i -> tensors.get("fc" + i + ".bias"))
                .mapToInt(bias -> bias == null || bias.shape().rank() != 1
                        ? 0
                        : bias.shape().size())
                .toArray();
        if (IntStream.of(outputs).anyMatch(size -> size == 0)) {
            return null;
        }
        int[] hidden = IntStream.range(0, layers - 1).map(i -> outputs[i]).toArray();
        Network network = Mlp.network(IMAGE, outputs[layers - 1], hidden);
        return fits(network, tensors) ? network : null;
    }

    /** What {@code torch.save} makes may run anything when it is loaded: never here. */
    private static void refusePickle(Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        } catch (IOException e) {
            // The reader says what is wrong.
            return;
        }
        boolean isZip = start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
        boolean isPickle = start.length == 4 && (start[0] & 0xFF) == 0x80 && start[1] >= 2 && start[1] <= 5;
        if (isZip || isPickle) {
            throw new ModelFormatException(file + ": expected a safetensors file, received what torch.save makes, a"
                    + " pickle, which could run any program and is not read here. Convert it in Python:\n"
                    + "import torch; from safetensors.torch import save_file\n"
                    + "save_file({k: v.contiguous() for k, v in torch.load('model.pt', weights_only=True).items()},"
                    + " 'model.safetensors')");
        }
    }
}
