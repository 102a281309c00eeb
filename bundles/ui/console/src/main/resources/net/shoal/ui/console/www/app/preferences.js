// What this browser remembers of how somebody likes it; nothing of it is known to the node.

/** system, light or dark */
export const theme = () => localStorage.getItem('shoal.theme') ?? 'system';

export function applyTheme(chosen = theme()) {
  if (chosen === 'system') {
    localStorage.removeItem('shoal.theme');
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem('shoal.theme', chosen);
    document.documentElement.dataset.theme = chosen;
  }
}

export const notifying = () => localStorage.getItem('shoal.notify') === 'on' && globalThis.Notification?.permission === 'granted';

/** Asks the browser where needed; gives what came of it. */
export async function setNotifying(on) {
  if (on && (await Notification.requestPermission()) !== 'granted') return false;
  localStorage.setItem('shoal.notify', on ? 'on' : 'off');
  return on;
}

export const setSingleKeys = on => localStorage.setItem('shoal.keys', on ? 'on' : 'off');
