@echo off
rem Runs Maven: the one that is installed if it is 3.8.6 or later, else one that is fetched once from the Apache archive, checked, and
rem kept below .m2\wrapper. Arguments are Maven's.
setlocal
set "HERE=%~dp0"
for /f "delims=" %%i in ('powershell -NoProfile -ExecutionPolicy Bypass -File "%HERE%.mvn\wrapper\find-maven.ps1"') do set "MVN=%%i"
if not defined MVN (
    echo mvnw: no Maven; install Maven 3.8.6 or later 1>&2
    exit /b 1
)
call "%MVN%" %*
exit /b %ERRORLEVEL%
