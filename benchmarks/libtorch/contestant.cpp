// LeNet-5 on libtorch from C++, as PyTorch's users would write it fast: one of the contestants of SideBySide. All images
// are floats in memory before the clock starts, a batch is gathered in one call, and torch::optim::Adam makes the steps.
//
//     contestant INITIAL TRAINED THREADS
//
// INITIAL and TRAINED are safetensors files: where training starts, and the model whose logits are compared. The program
// does what it reads from stdin, one command a line, and answers each with a line of numbers, as ContestantProgram does.
// contestant.sh compiles and starts it, in the root of the repository.
#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

using torch::Tensor;

namespace {

// As in Digits and Contestant.
constexpr double MEAN = 0.1307;
constexpr double STD = 0.3081;
constexpr double LEARNING_RATE = 0.0005;
constexpr int BATCH_SIZE = 32;
constexpr int PREDICTION_BATCH_SIZE = 250;
constexpr int PIXELS = 28 * 28;
constexpr int CLASSES = 10;
// Every tenth test image is compared.
constexpr int STRIDE = 10;

using Logits = std::array<float, CLASSES>;

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The bytes of a gzipped IDX file behind its header.
Tensor read_idx(const std::string& name, size_t header) {
    std::string command = "gzip -dc data/mnist/" + name + "-ubyte.gz";
    FILE* pipe = popen(command.c_str(), "r");
    std::vector<uint8_t> bytes;
    std::array<uint8_t, 1 << 16> part;
    for (size_t count; pipe && (count = fread(part.data(), 1, part.size(), pipe)) > 0;) {
        bytes.insert(bytes.end(), part.begin(), part.begin() + count);
    }
    if (!pipe || pclose(pipe) != 0 || bytes.size() <= header) {
        throw std::runtime_error(command + ": expected an IDX file, received none");
    }
    return torch::from_blob(bytes.data() + header, {int64_t(bytes.size() - header)}, torch::kUInt8).clone();
}

struct Digits {
    Tensor images, labels;

    explicit Digits(const std::string& prefix)
        : images(read_idx(prefix + "-images-idx3", 16)
                     .to(torch::kFloat32).div_(255).sub_(MEAN).div_(STD).view({-1, 1, 28, 28})),
          labels(read_idx(prefix + "-labels-idx1", 8).to(torch::kInt64)) {}
};

struct LeNet5 : torch::nn::Module {
    torch::nn::Conv2d conv1{nullptr}, conv2{nullptr};
    torch::nn::Linear fc1{nullptr}, fc2{nullptr}, fc3{nullptr};

    explicit LeNet5(const std::string& safetensors) {
        conv1 = register_module("conv1", torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 6, 5).padding(2)));
        conv2 = register_module("conv2", torch::nn::Conv2d(6, 16, 5));
        fc1 = register_module("fc1", torch::nn::Linear(400, 120));
        fc2 = register_module("fc2", torch::nn::Linear(120, 84));
        fc3 = register_module("fc3", torch::nn::Linear(84, CLASSES));
        load(safetensors);
    }

    // A safetensors file: the length of the header, JSON that says where each tensor lies behind it, and the floats.
    void load(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        uint64_t length = 0;
        memcpy(&length, bytes.data(), std::min(bytes.size(), sizeof length));
        std::string header = bytes.substr(std::min(bytes.size(), sizeof length), length);
        torch::NoGradGuard no_grad;
        for (auto& parameter : named_parameters()) {
            size_t entry = header.find("\"" + parameter.key() + "\":{");
            size_t offsets = header.find("\"data_offsets\":[", entry);
            if (entry == std::string::npos || offsets == std::string::npos) {
                throw std::runtime_error(path + ": expected a tensor " + parameter.key() + ", received none");
            }
            size_t start = sizeof length + length + std::stoul(header.substr(offsets + strlen("\"data_offsets\":[")));
            memcpy(parameter.value().data_ptr<float>(), bytes.data() + start, parameter.value().nbytes());
        }
    }

    Tensor forward(const Tensor& images) {
        Tensor x = torch::max_pool2d(conv1(images).relu_(), 2);
        x = torch::max_pool2d(conv2(x).relu_(), 2).flatten(1);
        x = fc1(x).relu_();
        x = fc2(x).relu_();
        return fc3(x);
    }
};

class Contestant {
    Digits training{"train"}, test{"t10k"};
    std::vector<Tensor> test_batches = test.images.split(PREDICTION_BATCH_SIZE);
    LeNet5 model, trained;
    torch::optim::Adam adam{model.parameters(), torch::optim::AdamOptions(LEARNING_RATE)};

    // In an order of the epoch's own; returns the seconds.
    double train(int epoch) {
        torch::manual_seed(epoch);
        double start = now();
        for (const Tensor& rows : torch::randperm(training.labels.size(0)).split(BATCH_SIZE)) {
            Tensor images = training.images.index_select(0, rows);
            Tensor labels = training.labels.index_select(0, rows);
            for (const Tensor& parameter : adam.param_groups()[0].params()) {
                parameter.mutable_grad().reset(); // Saves the zeros, and adding to them.
            }
            torch::nn::functional::cross_entropy(model.forward(images), labels).backward();
            adam.step();
        }
        return now() - start;
    }

    // The logits of all test images.
    Tensor predict_all(LeNet5& network) {
        c10::InferenceMode guard;
        Tensor logits = torch::empty({test.images.size(0), CLASSES});
        int64_t from = 0;
        for (const Tensor& images : test_batches) {
            logits.narrow(0, from, images.size(0)).copy_(network.forward(images));
            from += images.size(0);
        }
        return logits;
    }

    Logits predict_one(std::vector<float>& image) {
        c10::InferenceMode guard;
        Tensor output = model.forward(torch::from_blob(image.data(), {1, 1, 28, 28}));
        Logits logits;
        std::copy_n(output.data_ptr<float>(), CLASSES, logits.begin());
        return logits;
    }

    std::vector<double> logits() {
        Tensor some = predict_all(trained).slice(0, 0, test.images.size(0), STRIDE).contiguous();
        return std::vector<double>(some.data_ptr<float>(), some.data_ptr<float>() + some.numel());
    }

    double images_per_second(int passes) {
        double start = now();
        for (int pass = 0; pass < passes; pass++) {
            check(predict_all(model)[-1][-1].item<float>());
        }
        return passes * test.images.size(0) / (now() - start);
    }

    // Median and 99th percentile of the microseconds for one image; the first ones, on cold caches, do not count.
    std::vector<double> microseconds(int count) {
        std::vector<double> times;
        const float* pixels = test.images.data_ptr<float>();
        for (int i = -count / 10; i < count; i++) {
            const float* row = pixels + (i + count) % test.images.size(0) * PIXELS;
            std::vector<float> image(row, row + PIXELS);
            double start = now();
            Logits logits = predict_one(image);
            double end = now();
            check(logits.back());
            if (i >= 0) {
                times.push_back((end - start) * 1e6);
            }
        }
        std::sort(times.begin(), times.end());
        auto quantile = [&](double share) { return times[std::max(0, int(std::ceil(share * count)) - 1)]; };
        return {quantile(0.5), quantile(0.99)};
    }

    static void check(float logit) {
        if (!std::isfinite(logit)) {
            throw std::runtime_error("expected finite logits, received " + std::to_string(logit));
        }
    }

public:
    Contestant(const std::string& initial, const std::string& trained) : model(initial), trained(trained) {}

    std::vector<double> run(const std::string& command, int number) {
        if (command == "logits") return logits();
        if (command == "train") return {train(number)};
        if (command == "batches") return {images_per_second(number)};
        if (command == "single") return microseconds(number);
        throw std::runtime_error("Contestant: there is no command " + command);
    }
};

// Where the matrix products come from, if it is a library of its own: it decides much, and the name says how much.
std::string blas() {
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        size_t name = line.find("/libblas");
        if (name != std::string::npos) {
            return ", " + line.substr(line.rfind('/', name - 1) + 1);
        }
    }
    return "";
}

} // namespace

int main(int, char** arguments) {
    torch::set_num_threads(std::stoi(arguments[3]));
    Contestant contestant(arguments[1], arguments[2]);
    std::cout.precision(9);
    std::cout << "trains libtorch " << TORCH_VERSION << ", C++" << blas() << ", " << torch::get_num_threads()
              << " threads" << std::endl;
    std::string command;
    for (int number; std::cin >> command >> number;) {
        for (double value : contestant.run(command, number)) {
            std::cout << value << ' ';
        }
        std::cout << std::endl;
    }
}
