/** Single keys can be turned off, for who speaks to the machine. */
export const singleKeys = () => localStorage.getItem('shoal.keys') !== 'off';

const layers = [];

const nameOf = event => (event.ctrlKey || event.metaKey ? `ctrl+${event.key.toLowerCase()}` : event.key.length === 1 ? event.key.toLowerCase() : event.key);
const typing = target => target.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');

/** What these keys do while nobody types and no dialog is open; gives what ends it. The last one who claims a key has it. */
export function keys(map) {
  layers.unshift(map);
  return () => layers.splice(layers.indexOf(map), 1);
}

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.altKey || event.isComposing || document.querySelector('dialog[open], .menu:popover-open')) return;
  if (typing(event.target)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const name = nameOf(event);
  if ((name === ' ' || name === 'Enter') && event.target.closest('button, a, summary, input, video, audio')) return;
  if (name.length === 1 && name !== ' ' && !singleKeys()) return;
  const run = layers.find(map => map[name])?.[name];
  if (!run) return;
  event.preventDefault();
  run(event);
});
