@echo off
rem Starts Shoal.
rem   JAVA_HOME        the Java to use, 17 or later; else the one on the PATH
rem   SHOAL_HOME       where the node keeps its state
rem   SHOAL_JAVA_OPTS  more options for the JVM
setlocal
set "DIST=%~dp0.."
if defined JAVA_HOME (
    set "JAVA=%JAVA_HOME%\bin\java.exe"
    if not exist "%JAVA_HOME%\bin\java.exe" (
        echo shoal: JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it; name a Java 17 or later there 1>&2
        exit /b 1
    )
) else (
    set "JAVA=java.exe"
    where java.exe >nul 2>nul
    if errorlevel 1 (
        echo shoal: no Java found; install Java 17 or later, or name one in JAVA_HOME 1>&2
        exit /b 1
    )
)
rem the launcher says in words if this Java is too old
"%JAVA%" -Xshare:auto -XX:-UsePerfData -XX:+UseSerialGC -Xms32m -Xmx384m -XX:MaxDirectMemorySize=256m -XX:ReservedCodeCacheSize=64m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=12000 -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000 -XX:MaxInlineLevel=6 -XX:FreqInlineSize=100 -Dio.netty.allocator.maxOrder=6 "-Dshoal.dist=%DIST%" -Dshoal.tty=012 %SHOAL_JAVA_OPTS% -jar "%DIST%\lib\@launcher@" %*
exit /b %ERRORLEVEL%
