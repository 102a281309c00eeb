"""Runs a program and ends it when standard input closes, so that nothing outlives the test that started it."""
import signal
import subprocess
import sys
import threading

GRACE_SECONDS = 10


def end(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def main():
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: end(process))

    def watch():
        sys.stdin.buffer.read()
        end(process)

    threading.Thread(target=watch, daemon=True).start()
    status = process.wait()
    sys.exit(status if status >= 0 else 128 - status)


main()
