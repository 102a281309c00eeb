# Prints the path of a Maven that is new enough, fetching one if need be. For mvnw.cmd.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$installed = Get-Command mvn.cmd -ErrorAction SilentlyContinue
if ($installed) {
    $line = (& $installed.Source --version | Select-String 'Apache Maven (\d+\.\d+\.\d+)').Matches
    if ($line -and [version]$line[0].Groups[1].Value -ge [version]'3.8.6') {
        Write-Output $installed.Source
        exit 0
    }
}
$properties = ConvertFrom-StringData (Get-Content (Join-Path $PSScriptRoot 'maven-wrapper.properties') -Raw)
$url = $properties.distributionUrl
$name = [IO.Path]::GetFileName($url) -replace '-bin\.zip$', ''
$place = Join-Path $HOME ".m2\wrapper\shoal\$name"
if (-not (Test-Path "$place\bin\mvn.cmd")) {
    $work = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
    New-Item -ItemType Directory $work | Out-Null
    try {
        [Console]::Error.WriteLine("mvnw: fetching $name")
        Invoke-WebRequest -UseBasicParsing -Uri $url -OutFile "$work\maven.zip"
        if ((Get-FileHash "$work\maven.zip" -Algorithm SHA256).Hash -ne $properties.distributionSha256Sum) {
            throw "what came from $url is not what was expected"
        }
        Expand-Archive "$work\maven.zip" -DestinationPath $work
        New-Item -ItemType Directory -Force (Split-Path $place) | Out-Null
        Move-Item "$work\$name" $place
    } finally {
        Remove-Item -Recurse -Force $work
    }
}
Write-Output "$place\bin\mvn.cmd"
