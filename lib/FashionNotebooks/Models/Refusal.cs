using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace FashionNotebooks;

/// <summary>Says in words what a model or libtorch has refused, without the C++ stack that libtorch adds.</summary>
internal static class Refusal
{
    /// <summary>Calls the model with images.</summary>
    /// <exception cref="ArgumentException">The model does not take such images.</exception>
    public static Tensor CallInWords(this nn.Module<Tensor, Tensor> model, Tensor images)
    {
        try
        {
            return model.call(images);
        }
        catch (Exception e) when (e is ExternalException or ArgumentException)
        {
            throw Create(e, why => $"{ModelPrinter.TypeName(model)} does not take images {images.Describe()}: {why}.");
        }
    }

    /// <summary>The exception to throw, with the reason in one line; the inner one has the .NET stack.</summary>
    public static ArgumentException Create(Exception reason, Func<string, string> message)
    {
        string why = reason.Message.Split('\n')[0].TrimEnd('.');
        return new ArgumentException(message(why), reason is not ExternalException ? reason
            : ExceptionDispatchInfo.SetRemoteStackTrace(new ExternalException(why), reason.StackTrace ?? ""));
    }
}
