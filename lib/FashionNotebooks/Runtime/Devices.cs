using TorchSharp;
using static TorchSharp.torch;

namespace FashionNotebooks;

/// <summary>Where tensors are kept and computed with.</summary>
public static class Devices
{
    /// <summary>The device of this name, if this machine and this build have it.</summary>
    /// <param name="name"><c>cpu</c>; <c>cuda</c> or, one of several, <c>cuda:1</c>.</param>
    /// <exception cref="ArgumentException">The name is unknown, or there is no such device.</exception>
    public static Device Find(string name)
    {
        string[] parts = name.Split(':');
        int index = 0;
        bool isKnown = parts is ["cpu"] or ["cuda"]
            || (parts is ["cuda", var number] && int.TryParse(number, out index) && index >= 0);
        if (!isKnown)
            throw new ArgumentException($"Device \"{name}\" is unknown: expected \"cpu\", \"cuda\" or \"cuda:1\".", nameof(name));

        if (parts[0] == "cpu")
            return CPU;

        int count = cuda.is_available() ? cuda.device_count() : 0;
        if (index >= count)
        {
            throw new ArgumentException($"There is no device \"{name}\": libtorch sees {count} CUDA devices. Use \"cpu\", or build with "
                + "TorchSharp's CUDA package on a machine with an NVIDIA GPU, as README.md describes.", nameof(name));
        }

        return new Device(DeviceType.CUDA, index);
    }
}
