using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks.Tests;

/// <summary>The training images, from which the fixtures were made, and a training as theirs.</summary>
public sealed class ParityImages : IDisposable
{
    private const int BatchSize = 64;
    private const double LearningRate = 0.0003;

    private readonly FashionMnist train = FashionMnist.Load(Repository.Data, train: true);

    public Tensor Images => train.Images;

    public Tensor Labels => train.Labels;

    public void Dispose() => train.Dispose();

    /// <summary>Trains for one epoch of so many steps, as a notebook does, with so many times its learning rate.
    /// </summary>
    /// <returns>The loss of each step.</returns>
    public float[] Train(
        nn.Module<Tensor, Tensor> model, int steps, double rate = 1, double beta1 = 0.9, double beta2 = 0.999)
    {
        int count = (steps + 1) * BatchSize;
        var loader = new BatchLoader(Images[..count], Labels[..count], BatchSize);
        var losses = new RecordedLosses();
        using var optimizer = optim.Adam(model.parameters(), rate * LearningRate, beta1, beta2);
        var options = new TrainOptions { NumEpochs = 1, TrainRate = (double)steps / (steps + 1) };
        Trainer.TrainModel(model, loader, losses, optimizer, options);
        return [.. losses.Values];
    }

    /// <summary>Notes the loss of each step of training, and not of validation.</summary>
    private sealed class RecordedLosses() : Loss<Tensor, Tensor, Tensor>(nn.Reduction.Mean)
    {
        public List<float> Values { get; } = [];

        public override Tensor forward(Tensor input, Tensor target)
        {
            Tensor loss = nn.functional.cross_entropy(input, target);
            if (loss.requires_grad)
                Values.Add(loss.item<float>());

            return loss;
        }
    }
}
