using System.Reflection;

namespace FashionNotebooks;

/// <summary>What PyTorch prints in the brackets of a layer, in Python's way of writing values.</summary>
internal sealed class LayerSettings : IFormatProvider, ICustomFormatter
{
    /// <summary>Nothing for a layer that is not TorchSharp's own, "..." for a few of its rarer ones.</summary>
    public static string Of(nn.Module module) => string.Join(", ", Settings(module, module)
        .OfType<FormattableString>().Select(setting => setting.ToString(new LayerSettings())));

    object? IFormatProvider.GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    // In the format "tuple" sizes are written one by one, else as one number where they are equal.
    string ICustomFormatter.Format(string? format, object? arg, IFormatProvider? provider) => arg switch
    {
        null => "None",
        double number when double.IsInteger(number) => number.ToString("F1", CultureInfo.InvariantCulture),
        long[] sizes when format is null && sizes.Distinct().Count() == 1 => $"{sizes[0]}",
        long[] sizes => $"({string.Join(", ", sizes)}{(sizes.Length == 1 ? "," : "")})",
        Enum => $"{arg}".ToLowerInvariant(),
        _ => Convert.ToString(arg, CultureInfo.InvariantCulture)!.Replace("E-", "e-"),
    };

    // Layers of one family have no type in common that has their settings.
    private static FormattableString?[] Settings(nn.Module module, dynamic its) => module switch
    {
        Convolution conv =>
        [
            $"{conv.in_channels}, {conv.out_channels}, kernel_size={conv.kernel_size:tuple}",
            $"stride={conv.stride:tuple}",
            If(conv.padding_type is not null, $"padding={conv.padding_type}"),
            If(conv.padding?.Any(size => size != 0), $"padding={conv.padding:tuple}"),
            If(conv.dilation.Any(size => size != 1), $"dilation={conv.dilation:tuple}"),
            If(conv.output_padding.Any(size => size != 0), $"output_padding={conv.output_padding:tuple}"),
            If(conv.groups != 1, $"groups={conv.groups}"),
            If(conv.bias is null, $"bias=False"),
            If(conv.padding_mode != PaddingModes.Zeros, $"padding_mode={conv.padding_mode}"),
        ],
        Linear => [$"in_features={its.in_features}, out_features={its.out_features}, bias={its.bias is not null}"],
        MaxPool1d or MaxPool2d or MaxPool3d =>
        [
            $"kernel_size={its.kernel_size}, stride={its.stride ?? its.kernel_size}, padding={its.padding ?? 0}",
            $"dilation={its.dilation ?? 1}, ceil_mode={its.ceil_mode}",
        ],
        AvgPool1d or AvgPool2d or AvgPool3d =>
            [$"kernel_size={its.kernel_size}, stride={its.stride ?? its.kernel_size}, padding={its.padding ?? 0}"],
        NormBase =>
        [
            $"{its.num_features}, eps={its.eps}, momentum={its.momentum}, affine={its.affine}",
            $"track_running_stats={its.track_running_stats}",
        ],
        LayerNorm => [$"{its.normalized_shape:tuple}, eps={its.eps}, elementwise_affine={its.elementwise_affine}"],
        GroupNorm => [$"{its.num_groups}, {its.weight?.numel() ?? "..."}, eps={its.eps}, affine={its.affine}"],
        Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout =>
            [$"p={its.p}, inplace={its.inplace}"],
        Unflatten => [$"dim={its.dim}, unflattened_size={its.unflattened_size:tuple}"],
        GELU => [$"approximate='{its.approximate}'"],
        ConstantPad1d or ConstantPad2d or ConstantPad3d => [$"padding={its.padding:tuple}, value={its.value}"],
        PadBase => [$"{its.padding:tuple}"],
        _ when module.GetType().Assembly != typeof(nn).Assembly => [],
        IParameterLessModule and not Upsample => OfOther(module),
        _ => [If(module is Upsample || module.parameters().Any(), $"...")],
    };

    private static FormattableString? If(bool? isShown, FormattableString setting) => isShown == true ? setting : null;

    // Most have the properties that PyTorch prints, under its names; inplace is printed behind them, if it is true.
    private static FormattableString?[] OfOther(nn.Module module) =>
    [
        .. module.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .OrderBy(property => property.Name == "inplace")
            .Select(property => (property.Name, Value: property.GetValue(module)))
            .Select(setting => If(setting.Value is not false, $"{setting.Name}={setting.Value}")),
    ];
}
