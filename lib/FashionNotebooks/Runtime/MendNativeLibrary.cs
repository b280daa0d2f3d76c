// MSBuild compiles this file on its own, without the implicit usings of the tests that link it.
#pragma warning disable IDE0005
using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

/// <summary>
/// An MSBuild task that writes a copy of TorchSharp's library for Linux which also loads where the C++ runtime is older
/// than the one it was linked with: the library only <em>names</em> the symbol version GLIBCXX_3.4.32, and uses nothing
/// of it.
/// </summary>
/// <remarks>
/// The versions that a library needs are listed in its ELF section <c>.gnu.version_r</c>. An entry flagged
/// <c>VER_FLG_WEAK</c> may be missing: the loader then goes on instead of refusing the whole library. Where the version
/// is there, the flag has no effect. Nothing else in the file changes. Layout: "Linux Standard Base Core Specification,
/// Generic Part", 10.7 Symbol Versioning.
/// </remarks>
public sealed class MendNativeLibrary : Microsoft.Build.Utilities.Task
{
    private const string UnusedVersion = "GLIBCXX_3.4.32";
    private const int SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort VersionFlagWeak = 2;

    /// <summary>The library as its package ships it. It is only read.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Where the mended copy goes. An identical file is left untouched.</summary>
    [Required]
    public string MendedLibrary { get; set; } = "";

    public override bool Execute()
    {
        byte[] library = File.ReadAllBytes(Library);
        Mend(library);
        if (File.Exists(MendedLibrary) && File.ReadAllBytes(MendedLibrary).SequenceEqual(library))
            return true;

        // Written aside and moved, so that a project built at the same time never sees half of it.
        string temporary = MendedLibrary + "." + Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(Path.Combine(MendedLibrary, ".."));
        File.WriteAllBytes(temporary, library);
        File.Delete(MendedLibrary);
        File.Move(temporary, MendedLibrary);
        return true;
    }

    /// <summary>Flags the version that is not used as weak.</summary>
    private static void Mend(byte[] elf)
    {
        bool is64BitLittleEndian = elf.Length > 64
            && elf[0] == 0x7f && elf[1] == 'E' && elf[2] == 'L' && elf[3] == 'F' && elf[4] == 2 && elf[5] == 1;
        if (!is64BitLittleEndian)
            return;

        int sections = (int)BitConverter.ToInt64(elf, 40);
        int sectionSize = BitConverter.ToUInt16(elf, 58);
        int sectionCount = BitConverter.ToUInt16(elf, 60);
        for (int i = 0; i < sectionCount; i++)
        {
            int section = sections + (i * sectionSize);
            if (BitConverter.ToInt32(elf, section + 4) != SectionTypeVersionNeeds)
                continue;

            int linkedSection = sections + (BitConverter.ToInt32(elf, section + 40) * sectionSize);
            int names = (int)BitConverter.ToInt64(elf, linkedSection + 24);
            int need = (int)BitConverter.ToInt64(elf, section + 24);
            for (int needCount = BitConverter.ToInt32(elf, section + 44); needCount > 0; needCount--)
            {
                int version = need + BitConverter.ToInt32(elf, need + 8);
                for (int count = BitConverter.ToUInt16(elf, need + 2); count > 0; count--)
                {
                    if (ReadName(elf, names + BitConverter.ToInt32(elf, version + 8)) == UnusedVersion)
                        elf[version + 4] |= (byte)VersionFlagWeak;

                    version += BitConverter.ToInt32(elf, version + 12);
                }

                need += BitConverter.ToInt32(elf, need + 12);
            }
        }
    }

    private static string ReadName(byte[] elf, int start) =>
        Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);
}
