#!/usr/bin/env dotnet
#:package TorchSharp-cpu@0.107.0
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false

// Fashion-MNIST in one file of plain TorchSharp: read, train, validate, save, test, predict.
//
//   dotnet run FashionMnist.cs                       25 epochs
//   dotnet run FashionMnist.cs -- 1                  1 epoch
//   dotnet run FashionMnist.cs -- 1 6000             1 epoch, only the first 6,000 images: a quick look
//   dotnet run FashionMnist.cs -- 25 60000 FOLDER    with the four archives of another folder

using System.IO.Compression;
using static TorchSharp.torch;

int numEpochs = args.Length > 0 ? int.Parse(args[0]) : 25;
int numImages = args.Length > 1 ? int.Parse(args[1]) : 60_000;
string folder = args.Length > 2 ? args[2] : "data/fashion-mnist";

const int BatchSize = 64;
const string WeightsFile = "artifacts/fashion-mnist.dat";
string[] classes =
    ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

// Read. Four fifths train the network, one fifth validates it. These images come mixed: shuffle yours if sorted.
Tensor images = ReadImages("train-images-idx3-ubyte.gz");
Tensor labels = ReadLabels("train-labels-idx1-ubyte.gz");
Tensor testImages = ReadImages("t10k-images-idx3-ubyte.gz");
Tensor testLabels = ReadLabels("t10k-labels-idx1-ubyte.gz");
int numTrain = numImages * 4 / 5;

// The network of notebook 2: [N, 1, 28, 28] in, [N, 10] out.
manual_seed(42);
var model = nn.Sequential(
    nn.Conv2d(1, 16, kernel_size: 3, padding: 1L),    // [N, 16, 28, 28]
    nn.ReLU(),
    nn.AvgPool2d(2),                                  // [N, 16, 14, 14]
    nn.Conv2d(16, 32, kernel_size: 3),                // [N, 32, 12, 12]
    nn.ReLU(),
    nn.AvgPool2d(2),                                  // [N, 32, 6, 6]
    nn.Flatten(),                                     // [N, 1152]
    nn.Linear(1152, 256),
    nn.ReLU(),
    nn.Linear(256, 128),
    nn.ReLU(),
    nn.Linear(128, 10));

// Train, and save the weights whenever the validation accuracy is the best so far.
var criterion = nn.CrossEntropyLoss();
var optimizer = optim.Adam(model.parameters(), lr: 0.0003);
Directory.CreateDirectory(Path.GetDirectoryName(WeightsFile)!);
double best = 0;
for (int epoch = 0; epoch < numEpochs; epoch++)
{
    double loss = TrainEpoch();
    double accuracy = Accuracy(images[numTrain..numImages], labels[numTrain..numImages]);
    Console.WriteLine($"Epoch {epoch}: training loss {loss:F4}, validation accuracy {accuracy:F4}");
    if (accuracy > best)
    {
        best = accuracy;
        model.save(WeightsFile);
    }
}

// Test the best epoch's weights on images that played no part so far.
model.load(WeightsFile);
Console.WriteLine($"Test accuracy {Accuracy(testImages, testLabels):F4}");

// Predict one image.
Tensor probabilities = nn.functional.softmax(model.call(testImages[..1]), dim: 1);
string predicted = classes[probabilities.argmax(1).item<long>()];
string label = classes[testLabels[0].item<long>()];
Console.WriteLine($"First test image: {predicted}, probability {probabilities.max().item<float>():F4}. Label: {label}");

double TrainEpoch()
{
    model.train();
    double sum = 0;
    for (int start = 0; start < numTrain; start += BatchSize)
    {
        using var scope = NewDisposeScope();    // frees the tensors of this batch
        int end = Math.Min(start + BatchSize, numTrain);
        Tensor loss = criterion.call(model.call(images[start..end]), labels[start..end]);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        sum += loss.item<float>() * (end - start);
    }

    return sum / numTrain;
}

double Accuracy(Tensor x, Tensor y)
{
    model.eval();
    using var noGradients = no_grad();
    int count = (int)x.shape[0];
    long right = 0;
    for (int start = 0; start < count; start += BatchSize)
    {
        using var scope = NewDisposeScope();
        int end = Math.Min(start + BatchSize, count);
        right += model.call(x[start..end]).argmax(1).eq(y[start..end]).sum().item<long>();
    }

    return (double)right / count;
}

// An IDX file is a header (16 bytes for images, 8 for labels), then one byte for each pixel or label.
byte[] ReadBytes(string name, int headerLength)
{
    using var gzip = new GZipStream(File.OpenRead(Path.Combine(folder, name)), CompressionMode.Decompress);
    using var memory = new MemoryStream();
    gzip.CopyTo(memory);
    return memory.ToArray()[headerLength..];
}

Tensor ReadImages(string name) => tensor(ReadBytes(name, 16)).reshape(-1, 1, 28, 28).to(float32) / 255;

Tensor ReadLabels(string name) => tensor(ReadBytes(name, 8)).to(int64);
