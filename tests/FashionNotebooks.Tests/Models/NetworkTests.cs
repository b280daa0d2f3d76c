using Snapshooter;
using Snapshooter.Xunit3;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>What holds for each of the library's networks.</summary>
public class NetworkTests : ScratchTests
{
    public static TheoryData<string> Names => [.. Networks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_ten_logits_for_each_image(string network) =>
        Assert.Equal([5, 10], Networks.Create(network).forward(rand(5, 1, 28, 28)).shape);

    // The keys are PyTorch's, so that weights can be exchanged.
    [Theory]
    [MemberData(nameof(Names))]
    public void Its_weights_have_the_names_that_PyTorch_gives_them(string network) => Assert.Equal(
        [
            "conv1.0.weight", "conv1.0.bias", "conv2.0.weight", "conv2.0.bias", "classifier.0.weight",
            "classifier.0.bias", "classifier.2.weight", "classifier.2.bias", "classifier.4.weight", "classifier.4.bias",
        ],
        Networks.Create(network).state_dict().Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Prints_as_PyTorch_does(string network) =>
        Snapshot.Match(Networks.Create(network).ToString(), SnapshotNameExtension.Create(network));

    [Theory]
    [MemberData(nameof(Names))]
    public void The_summary_lists_its_layers_with_shapes_and_parameters(string network) =>
        Snapshot.Match(ModelSummary.Of(Networks.Create(network)).ToString(), SnapshotNameExtension.Create(network));
}
