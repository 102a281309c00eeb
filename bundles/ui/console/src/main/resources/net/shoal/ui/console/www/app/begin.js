import {keys} from './keys.js';
import {t} from './i18n.js';
import {html, render} from 'lit';
import {shoal} from './art.js';

// Where all begins: what is dropped, chosen or pasted becomes a dialog that says what would move.

const MAX_FILES = 10_000;

/** Opens the dialog that receives; `link` may be text somebody pasted, `choose` opens the chooser of files at once. */
export async function receive(link = '', choose = false) {
  const {ReceiveDialog} = await import('./dialogs/receive.js');
  return ReceiveDialog.open({link: link.trim(), choose});
}

export async function receiveFile(file) {
  const {ReceiveDialog} = await import('./dialogs/receive.js');
  return ReceiveDialog.open({file});
}

/** @param files {path, file} with paths below the folder, if there is one */
export async function send(name, folder, files) {
  const {SendDialog} = await import('./dialogs/send.js');
  return SendDialog.open({name, folder, files});
}

export async function sendFromNode() {
  const {FolderDialog} = await import('./dialogs/folder.js');
  const path = await FolderDialog.open({purpose: t('send.node.title'), yes: t('send.node.yes'), files: true});
  if (!path) return;
  const {SendDialog} = await import('./dialogs/send.js');
  await SendDialog.open({path});
}

/** Opens the browser's chooser. */
export function chooseFiles(folder) {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.webkitdirectory = folder;
  input.hidden = true;
  document.body.append(input);
  input.addEventListener('change', () => {
    input.remove();
    begin([...input.files].map(file => ({path: file.webkitRelativePath || file.name, file})));
  });
  input.addEventListener('cancel', () => input.remove());
  input.click();
}

/** What to do with files that came by whatever way: a .torrent is received, all else is sent. */
export async function begin(files) {
  if (!files.length) return;
  if (files.length === 1 && /\.torrent$/i.test(files[0].path)) {
    await receiveFile(files[0].file);
    return;
  }
  const roots = new Set(files.map(one => one.path.split('/')[0]));
  if (files.length === 1 && !files[0].path.includes('/')) await send(files[0].path, false, files);
  else if (roots.size === 1) {
    const [root] = roots;
    await send(root, true, files.map(({path, file}) => ({file, path: path.slice(root.length + 1)})));
  } else await send(t('send.bundle'), true, files);
}

async function entriesOf(entry, above, found) {
  if (found.length >= MAX_FILES) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({path: above + file.name, file});
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const one of some) await entriesOf(one, `${above}${entry.name}/`, found);
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  const text = transfer.getData('text/uri-list') || transfer.getData('text/plain');
  if (entries.length) {
    const found = [];
    for (const entry of entries) await entriesOf(entry, '', found);
    await begin(found);
  } else if (transfer.files.length) await begin([...transfer.files].map(file => ({path: file.name, file})));
  else if (looksLikeLink(text)) await receive(text);
}

/** A magnet link, an infohash, or the address of a .torrent. */
export const looksLikeLink = text => /^\s*(magnet:\?\S+|[0-9a-f]{40}|[0-9a-f]{64}|https?:\/\/\S+\.torrent(\?\S*)?)\s*$/i.test(text ?? '');

/** Lets all of the page take what is dropped or pasted. */
export function watch() {
  const cover = document.createElement('div');
  cover.className = 'drop-cover';
  cover.popover = 'manual';
  cover.role = 'status';
  document.body.append(cover);
  render(html`<div>${shoal()}<p>${t('drop.here')}</p><p class="small">${t('drop.torrent')}</p></div>`, cover);
  let depth = 0;
  const ours = event => ['Files', 'text/uri-list', 'text/plain'].some(type => event.dataTransfer?.types.includes(type)) && !document.querySelector('dialog[open]');
  const show = yes => (yes !== cover.matches(':popover-open') ? cover.togglePopover() : undefined);
  document.addEventListener('dragenter', event => ours(event) && (depth++, event.dataTransfer.types.includes('Files') && show(true)));
  document.addEventListener('dragleave', event => ours(event) && --depth <= 0 && ((depth = 0), show(false)));
  document.addEventListener('dragover', event => ours(event) && event.preventDefault());
  document.addEventListener('drop', event => {
    depth = 0;
    show(false);
    if (!ours(event) || event.target.closest?.('input, textarea, .takes-drops')) return;
    event.preventDefault();
    dropped(event.dataTransfer);
  });
  document.addEventListener('paste', event => {
    if (event.target.closest?.('input, textarea, dialog') || document.querySelector('dialog[open]')) return;
    const text = event.clipboardData.getData('text/plain');
    if (event.clipboardData.files.length) begin([...event.clipboardData.files].map(file => ({path: file.name, file})));
    else if (looksLikeLink(text)) receive(text);
  });
  keys({r: () => receive(), s: () => chooseFiles(false), f: () => chooseFiles(true)});
}
