using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks.Benchmarks;

/// <summary>
/// The tutorial's training as one would write it down in TorchSharp: a dataset of single images, TorchSharp's data
/// loader, and the loop with its steps in the tutorial's order.
/// </summary>
internal sealed class PlainLoop(nn.Module<Tensor, Tensor> model, FashionMnist data)
{
    private readonly DataLoader loader = utils.data.DataLoader(new Images(data), batchSize: 64, shuffle: false);
    private readonly optim.Optimizer optimizer = optim.Adam(model.parameters(), lr: 0.0003);
    private readonly Loss<Tensor, Tensor, Tensor> criterion = nn.CrossEntropyLoss();

    /// <returns>The mean training loss of the epoch.</returns>
    public double RunEpoch()
    {
        int trainBatchNum = (int)Math.Round(loader.Count * 0.8);
        double trainLoss = 0, valLoss = 0;
        long trainCorrects = 0, valCorrects = 0, trainNum = 0, valNum = 0;
        int step = 0;
        foreach (Dictionary<string, Tensor> batch in loader)
        {
            using var scope = NewDisposeScope();
            Tensor images = batch["data"];
            Tensor labels = batch["label"];
            if (step < trainBatchNum)
            {
                model.train();
                Tensor output = model.forward(images);
                Tensor loss = criterion.forward(output, labels);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                trainLoss += loss.item<float>() * images.shape[0];
                trainCorrects += output.argmax(1).eq(labels).sum().item<long>();
                trainNum += images.shape[0];
            }
            else
            {
                model.eval();
                Tensor output = model.forward(images);
                Tensor loss = criterion.forward(output, labels);
                valLoss += loss.item<float>() * images.shape[0];
                valCorrects += output.argmax(1).eq(labels).sum().item<long>();
                valNum += images.shape[0];
            }

            step++;
        }

        return trainLoss / trainNum;
    }

    private sealed class Images(FashionMnist data) : utils.data.Dataset
    {
        public override long Count => data.Count;

        public override Dictionary<string, Tensor> GetTensor(long index) => new()
        {
            ["data"] = data.Images[index],
            ["label"] = data.Labels[index],
        };
    }
}
