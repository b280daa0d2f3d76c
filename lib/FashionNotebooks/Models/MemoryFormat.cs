namespace FashionNotebooks;

/// <summary>The order in which the numbers of a model's weights lie in memory.</summary>
public static class MemoryFormat
{
    /// <summary>
    /// Puts every parameter and persistent buffer of four dimensions, such as the weights of a convolution,
    /// <c>[K, C, H, W]</c>, and its gradient into channels-last order: the channels of a pixel side by side. libtorch
    /// then computes convolutions and what follows them in that order, which is faster on most processors and changes
    /// the last digits of the results. It is what <c>model.to(memory_format=torch.channels_last)</c> does in PyTorch.
    /// </summary>
    /// <remarks>
    /// Values, shapes, names and optimizers stay as they are, and <see cref="Weights"/> saves the usual order;
    /// TorchSharp's own <c>save</c> refuses weights in another one. A model whose <c>forward</c> flattens images with
    /// <c>view</c> has to use <c>flatten</c> or <c>reshape</c>. Each tensor's values move to new memory: those that
    /// shared it, such as views, detached tensors or a second parameter over the same values, no longer do. Make them
    /// afterwards.
    /// </remarks>
    /// <param name="model">A model in any dtype, on any device.</param>
    /// <returns>The same model.</returns>
    /// <seealso href="https://docs.pytorch.org/tutorials/intermediate/memory_format_tutorial.html"/>
    public static TModel ToChannelsLast<TModel>(this TModel model)
        where TModel : nn.Module
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        IEnumerable<Tensor> all = model.parameters().Concat(model.buffers())
            .Concat(model.parameters().Select(parameter => parameter.grad).OfType<Tensor>());
        foreach (Tensor values in all.Where(values => values.dim() == 4))
        {
            (long channels, long height, long width) = (values.shape[1], values.shape[2], values.shape[3]);
            long[] strides = [height * width * channels, 1, width * channels, channels];
            values.set_(empty_strided(values.shape, strides, values.dtype, values.device).copy_(values));
        }

        return model;
    }
}
