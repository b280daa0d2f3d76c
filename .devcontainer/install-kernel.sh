#!/usr/bin/env bash
# Installs .NET Interactive's kernel, so that Jupyter can run the notebooks too.
set -euo pipefail

dotnet tool update --global Microsoft.dotnet-interactive --version 1.0.712001
export PATH="$PATH:$HOME/.dotnet/tools"
dotnet interactive jupyter install
