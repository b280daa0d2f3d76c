using System.Security.Cryptography;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>Both networks compute what PyTorch computes.</summary>
[Trait("Category", "Slow")]
public class PyTorchParityTests(ParityImages data) : ScratchTests, IClassFixture<ParityImages>
{
    public static TheoryData<string> NetworkNames => [.. Networks.Names];

    public static MatrixTheoryData<string, bool> NetworksInBothOrders => new(Networks.Names, [false, true]);

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Initial_weights_of_a_seed_are_equal_bit_for_bit(string network)
    {
        manual_seed(42);
        nn.Module<Tensor, Tensor> model = Networks.Create(network);

        JsonObject expected = new PyTorchFixtures(network).Summary["initial"]!.AsObject();
        Assert.Equal(
            expected.Select(entry => (entry.Key, (string)entry.Value!)),
            model.named_parameters().Select(entry => (entry.name, Hash(entry.parameter))));
    }

    [Theory]
    [MemberData(nameof(NetworksInBothOrders))]
    public void Logits_loss_and_every_gradient_agree(string network, bool channelsLast)
    {
        var expected = new PyTorchFixtures(network);
        nn.Module<Tensor, Tensor> model = expected.CreateModel(channelsLast);

        Tensor logits = model.forward(data.Images.index_select(0, expected.Images));
        Tensor loss = nn.functional.cross_entropy(logits, data.Labels.index_select(0, expected.Images));
        loss.backward();

        AssertClose(expected.Logits, logits, 1e-5);
        Assert.Equal(expected.Loss, loss.item<float>(), 1e-5);
        Assert.All(
            model.named_parameters(),
            entry => AssertClose(expected.Gradient(entry.name), entry.parameter.grad!, 1e-5));
    }

    [Theory]
    [MemberData(nameof(NetworksInBothOrders))]
    public void Every_weight_agrees_after_20_steps_of_Adam(string network, bool channelsLast)
    {
        var expected = new PyTorchFixtures(network);
        nn.Module<Tensor, Tensor> model = expected.CreateModel(channelsLast);
        Dictionary<string, Tensor> before = model.state_dict()
            .ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone());

        data.Train(model, steps: 20);

        Assert.All(model.named_parameters(), entry =>
            AssertClose(expected.ChangeByAdam(entry.name), entry.parameter.detach() - before[entry.name], 1e-4));
    }

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Predictions_agree_on_the_test_images_and_their_report_with_that_of_scikit_learn(string network)
    {
        var expected = new PyTorchFixtures(network);
        using FashionMnist test = FashionMnist.Load(Repository.Data, train: false);

        Tensor predictions = Evaluator.Predict(expected.CreateModel(channelsLast: false), test.Images);
        var confusion = new ConfusionMatrix(test.Labels, expected.Predictions, FashionMnist.Classes);
        var report = new ClassificationReport(confusion);

        // Two classes may have the same score but for the last digit.
        Assert.InRange(predictions.ne(expected.Predictions).sum().item<long>(), 0, 1);
        JsonNode metrics = expected.Summary["classification_report"]!;
        Assert.Equal((double)metrics["accuracy"]!, report.Accuracy, 1e-12);
        Assert.All(Enumerable.Range(0, 10), row =>
        {
            Assert.Equal(
                expected.Summary["confusion_matrix"]![row]!.AsArray().Select(count => (int)count!),
                Enumerable.Range(0, 10).Select(column => confusion[row, column]));
            Assert.Equal((double)metrics[$"{row}"]!["precision"]!, report.Classes[row].Precision, 1e-12);
            Assert.Equal((double)metrics[$"{row}"]!["recall"]!, report.Classes[row].Recall, 1e-12);
            Assert.Equal((double)metrics[$"{row}"]!["f1-score"]!, report.Classes[row].F1, 1e-12);
            Assert.Equal((int)metrics[$"{row}"]!["support"]!, report.Classes[row].Support);
        });
    }

    private static string Hash(Tensor tensor)
    {
        byte[] bytes = [.. tensor.detach().bytes];
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance);
    }
}
