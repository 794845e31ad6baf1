#!/bin/sh
# Chromium's engine, which yields the processors to calls: tests of both run at the same time. Playwright begins each in a session of its
# own, and with Linux's autogroups it is the session's share that counts; without them, the processes' own.
{ echo 10 >/proc/self/autogroup; } 2>/dev/null
exec nice -n 10 /usr/bin/chromium-headless-shell "$@"
