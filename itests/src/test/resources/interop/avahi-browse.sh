# Lists the services of a type as Avahi sees them, with an Avahi of its own that leaves nothing behind: run it in a mount namespace.
mount -t tmpfs tmpfs /run && mkdir -p /run/dbus /run/avahi-daemon || exit 1
bus=$(dbus-daemon --system --nopidfile --fork --print-pid)
avahi-daemon --no-drop-root --no-chroot --no-rlimits &
avahi=$!
trap 'kill "$avahi" "$bus"' EXIT
tries=0
while [ "$tries" -lt 60 ]; do
    sleep 0.5
    list=$(avahi-browse --resolve --parsable --terminate "$1" 2>&1)
    case $list in
        *"
="*) break ;;
    esac
    tries=$((tries + 1))
done
printf "%s\n" "$list"
