#!/usr/bin/env bash
# Installs .NET Interactive's kernel, so that Jupyter can run the notebooks too.
set -euo pipefail

dotnet tool update --global Microsoft.dotnet-interactive --version 1.0.712001
export PATH="$PATH:$HOME/.dotnet/tools"
dotnet interactive jupyter install

# Polyglot Notebooks looks for a manifest where the SDK no longer puts it: see notebooks/README.md.
for data in ~/.vscode-server/data ~/.vscode-remote/data; do
    manifest="$data/User/globalStorage/ms-dotnettools.dotnet-interactive-vscode/.config"
    [ -e "$manifest/dotnet-tools.json" ] || dotnet new tool-manifest -o "$manifest"
done
