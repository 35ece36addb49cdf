import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A shell of one megabyte that reads which process groups are ours and, when we are gone in whatever way, ends them: first
 * asked, then killed. A number with a minus sign strikes a group from the list.
 */
const SCRIPT = `
groups=''
while read -r group; do
  case $group in
    -*) kept=''; for each in $groups; do [ "-$each" = "$group" ] || kept="$kept $each"; done; groups=$kept ;;
    *) groups="$groups $group" ;;
  esac
done
for each in $groups; do kill -s CONT -- "-$each"; kill -s TERM -- "-$each"; done 2>/dev/null
tries=0
while [ $tries -lt 50 ]; do
  left=''; for each in $groups; do kill -s 0 -- "-$each" 2>/dev/null && left=1; done
  [ -z "$left" ] && exit
  sleep 0.1; tries=$((tries + 1))
done
for each in $groups; do kill -s KILL -- "-$each"; done 2>/dev/null
`;

let watchdog: ChildProcess | undefined;

/** From now on the process group ends with this process, however that ends. */
export function endWithUs(group: number): void {
  if (watchdog === undefined) {
    const made = spawn('sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    made.stdin.on('error', () => undefined);
    made.unref();
    // The pipe lets nobody wait for it; it closes when this process ends.
    (made.stdin as unknown as { unref?: () => void }).unref?.();
    watchdog = made;
  }
  watchdog.stdin?.write(`${group}\n`);
}

/** The group has ended or shall live on. */
export function letGo(group: number): void {
  watchdog?.stdin?.write(`-${group}\n`);
}
