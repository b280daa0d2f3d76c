using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>The steps of a training with errors that say what does not fit together.</summary>
internal static class Checked
{
    public static void ThrowIfNothingToDo(TrainOptions options, int trainBatchNum, int batchNum)
    {
        if (options.NumEpochs < 1)
            throw new ArgumentException($"NumEpochs is {options.NumEpochs}: expected 1 or more.", nameof(options));

        if (trainBatchNum < 1 || trainBatchNum >= batchNum)
        {
            throw new ArgumentException(
                $"TrainRate {options.TrainRate} puts {trainBatchNum} of {batchNum} batches into training: "
                + "expected at least one for training and one for validation.", nameof(options));
        }
    }

    public static void ThrowIfOfAnotherModel(optim.Optimizer optimizer, nn.Module model)
    {
        IEnumerable<IntPtr> trained = optimizer.parameters().Select(parameter => parameter.Handle);
        if (!model.parameters().Select(parameter => parameter.Handle).Intersect(trained).Any())
            throw new ArgumentException("The optimizer has none of the model's parameters: use model.parameters().");

        try
        {
            _ = (optimizer as OptimizerHelper)?.state_dict();
        }
        catch (KeyNotFoundException e)
        {
            throw new ArgumentException("Create the optimizer after model.to(...), which makes new parameters.", e);
        }
    }

    public static Tensor Output(nn.Module<Tensor, Tensor> model, Batch batch)
    {
        Tensor output = Explain(
            () => model.call(batch.Images), () => $"The model does not take images of {batch.Images.Describe()}");
        return output.dim() == 2 && output.shape[0] == batch.Labels.shape[0] ? output : throw new ArgumentException(
            $"The model returns {output.Describe()} for images of {batch.Images.Describe()}: "
            + $"expected logits, [{batch.Labels.shape[0]}, classes].", nameof(model));
    }

    public static Tensor Loss(Loss<Tensor, Tensor, Tensor> criterion, Tensor output, Batch batch)
    {
        Tensor loss = Explain(
            () => criterion.call(output, batch.Labels),
            () => $"The loss does not take logits of {output.Describe()} and labels of {batch.Labels.Describe()}");
        return loss.numel() == 1 ? loss : throw new ArgumentException(
            $"The loss of a batch is {loss.Describe()}: expected one number, the mean.", nameof(criterion));
    }

    public static double FiniteValue(Tensor loss, int epoch, int step)
    {
        double value = loss.ToDouble();
        return double.IsFinite(value) ? value : throw new LossNotFiniteException(epoch, step, value);
    }

    private static Tensor Explain(Func<Tensor> compute, Func<string> explanation)
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            throw new ArgumentException($"{explanation()}: {e.Message}", e);
        }
    }
}
