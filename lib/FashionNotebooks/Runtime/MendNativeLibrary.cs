// MSBuild compiles this file on its own, without the implicit usings of the tests that link it.
#pragma warning disable IDE0005
using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

/// <summary>
/// An MSBuild task that writes a copy of a Linux shared library which also loads where the C++ runtime is older than
/// the one it was linked with. It is for a library that only <em>names</em> a newer symbol version and uses nothing
/// of it, as libLibTorchSharp.so does with GLIBCXX_3.4.32.
/// </summary>
/// <remarks>
/// The versions that a library needs are listed in its ELF section <c>.gnu.version_r</c>. An entry flagged
/// <c>VER_FLG_WEAK</c> may be missing: the loader then goes on instead of refusing the whole library. The flag is set
/// in the entries that this system's libstdc++ does not offer; nothing else in the file changes. Layout:
/// "Linux Standard Base Core Specification, Generic Part", 10.7 Symbol Versioning.
/// </remarks>
public sealed class MendNativeLibrary : Microsoft.Build.Utilities.Task
{
    private const int SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort VersionFlagWeak = 2;

    /// <summary>The library as its package ships it. It is only read.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Where the mended copy goes, if one is needed. An identical file is left untouched.</summary>
    [Required]
    public string MendedLibrary { get; set; } = "";

    /// <summary>The libstdc++ to look into; by default the one that this process runs with.</summary>
    public string SystemLibrary { get; set; } = "";

    /// <summary>Whether <see cref="MendedLibrary"/> is to be used in place of <see cref="Library"/>.</summary>
    [Output]
    public bool IsMended { get; set; }

    public override bool Execute()
    {
        string systemLibrary = SystemLibrary.Length > 0 ? SystemLibrary : FindLoadedCppRuntime();
        string offered = systemLibrary.Length > 0 ? Encoding.ASCII.GetString(File.ReadAllBytes(systemLibrary)) : "";
        byte[] library = File.ReadAllBytes(Library);

        IsMended = Mend(library, version => offered.Contains(version + "\0"));
        if (IsMended && !(File.Exists(MendedLibrary) && File.ReadAllBytes(MendedLibrary).SequenceEqual(library)))
        {
            // Written aside and moved, so that a project built at the same time never sees half of it.
            string temporary = MendedLibrary + "." + Guid.NewGuid().ToString("N");
            Directory.CreateDirectory(Path.Combine(MendedLibrary, ".."));
            File.WriteAllBytes(temporary, library);
            File.Delete(MendedLibrary);
            File.Move(temporary, MendedLibrary);
        }

        return true;
    }

    /// <summary>Flags as weak each <c>GLIBCXX</c> version that is needed and not offered; says if any was.</summary>
    private static bool Mend(byte[] elf, Func<string, bool> isOffered)
    {
        bool is64BitLittleEndian = elf.Length > 64
            && elf[0] == 0x7f && elf[1] == 'E' && elf[2] == 'L' && elf[3] == 'F' && elf[4] == 2 && elf[5] == 1;
        if (!is64BitLittleEndian)
            return false;

        bool changed = false;
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
                    string name = ReadName(elf, names + BitConverter.ToInt32(elf, version + 8));
                    if (name.StartsWith("GLIBCXX_", StringComparison.Ordinal) && !isOffered(name))
                    {
                        elf[version + 4] |= (byte)VersionFlagWeak;
                        changed = true;
                    }

                    version += BitConverter.ToInt32(elf, version + 12);
                }

                need += BitConverter.ToInt32(elf, need + 12);
            }
        }

        return changed;
    }

    private static string ReadName(byte[] elf, int start) =>
        Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);

    /// <summary>The path of the libstdc++ mapped into this process: the one that the loader picks here.</summary>
    private static string FindLoadedCppRuntime() =>
        File.ReadLines("/proc/self/maps")
            .Select(line => line.Substring(line.IndexOf('/') + 1))
            .Where(path => Path.GetFileName(path).StartsWith("libstdc++.so", StringComparison.Ordinal))
            .Select(path => "/" + path)
            .FirstOrDefault() ?? "";
}
