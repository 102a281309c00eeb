import {patch, del, post} from './api.js';
import {store} from './store.js';
import {attempt, confirm, copy, prompt, toast, complain} from './overlays.js';
import {t} from './i18n.js';
import {complete, pausable} from './words.js';
import {actionsOf} from './contributions.js';

/** Seconds in which a removal can be undone. */
const GRACE = 10;

async function change(rows, body) {
  if (rows.length === 1) return store.took(await patch(`transfers/${rows[0].id}`, body));
  const {outcomes} = await post('transfers/bulk', {ids: rows.map(row => row.id), change: body});
  const failed = outcomes.filter(outcome => !outcome.ok);
  if (failed.length) complain({message: t('bulk.failed', {n: failed.length}), hint: failed[0].error.error.message});
  return null;
}

export const alter = (rows, body) => attempt(() => change(rows, body));

export function setPaused(rows, paused) {
  return alter(rows, {paused});
}

/** One key for both: pauses if any of them moves. */
export function togglePaused(rows) {
  const moving = rows.filter(pausable);
  return moving.length ? setPaused(moving, true) : setPaused(rows, false);
}

const named = rows => (rows.length === 1 ? t('removed.one', {name: rows[0].name}) : t('removed.many', {n: rows.length}));

/** Removes them; what can be undone is not asked about before. */
export async function remove(rows, deleteData = false) {
  const ids = rows.map(row => row.id);
  const done = await attempt(async () => {
    if (ids.length === 1) return [await del(`transfers/${ids[0]}`, {deleteData, grace: GRACE})];
    await post('transfers/bulk', {ids, remove: {deleteData, grace: GRACE}});
    return ids;
  });
  if (!done) return false;
  for (const row of rows) row.removing = Date.now() + GRACE * 1000;
  store.changed();
  toast(named(rows), {action: t('undo'), seconds: GRACE - 1, run: () => restore(ids)});
  return true;
}

function restore(ids) {
  return attempt(async () => {
    if (ids.length === 1) store.took(await post(`transfers/${ids[0]}/restore`));
    else await post('transfers/bulk', {ids, restore: true});
    for (const id of ids) if (store.transfers.has(id)) store.transfers.get(id).removing = null;
    store.changed();
  });
}

export async function removeWithFiles(rows) {
  const sure = await confirm({
    title: rows.length === 1 ? t('delete.title.one') : t('delete.title.many', {n: rows.length}),
    text: rows.length === 1 ? t('delete.text.one', {name: rows[0].name, path: rows[0].path}) : t('delete.text.many', {n: rows.length}),
    yes: t('delete.yes'),
    danger: true,
  });
  return sure ? remove(rows, true) : false;
}

export async function showLink(row) {
  const {LinkDialog} = await import('./dialogs/link.js');
  return LinkDialog.open({transferId: row.id, name: row.name});
}

export async function moveTo(rows) {
  const {FolderDialog} = await import('./dialogs/folder.js');
  const folder = await FolderDialog.open({purpose: t('move.title'), yes: t('move.yes')});
  return folder ? alter(rows, {moveTo: folder}) : null;
}

export const rename = row => prompt({
  title: t('rename.title'),
  label: t('rename.label'),
  hint: t('rename.hint'),
  value: row.name,
  yes: t('rename.yes'),
  take: name => patch(`transfers/${row.id}`, {rename: {path: '', name}}).then(answer => store.took(answer)),
});

/** Looks at what would come, and decides. */
export async function look(row) {
  const {ReceiveDialog} = await import('./dialogs/receive.js');
  return ReceiveDialog.open({transferId: row.id});
}

/** The menu of one transfer or of several. */
export function menuOf(rows, {open} = {}) {
  const [one] = rows.length === 1 ? rows : [];
  const moving = rows.some(pausable);
  const resumable = rows.some(row => row.state === 'paused' && row.why !== 'choice');
  return [
    one && one.why === 'choice' && {label: t('choose'), icon: 'eye', run: () => look(one)},
    one && open && {label: t('menu.open'), icon: 'info', run: open, keys: t('key.enter')},
    one && {label: t('menu.link'), icon: 'link', run: () => showLink(one)},
    moving && {label: t('pause'), icon: 'pause', run: () => setPaused(rows.filter(pausable), true), keys: 'P'},
    resumable && {label: t('resume'), icon: 'play', run: () => setPaused(rows.filter(row => row.state === 'paused'), false), keys: 'P'},
    rows.some(row => row.state === 'queued') && {label: t('menu.force'), icon: 'play', run: () => alter(rows, {forced: true})},
    null,
    rows.some(row => !complete(row)) && {label: t('menu.first'), icon: 'arrow-up', run: () => alter(rows, {queue: 'top'})},
    one && {label: t('menu.move'), icon: 'folder', run: () => moveTo(rows)},
    one && !one.share && {label: t('menu.rename'), icon: 'edit', run: () => rename(one)},
    one && {label: t('menu.path'), icon: 'copy', run: () => copy(one.path)},
    {label: t('menu.recheck'), icon: 'check', run: () => alter(rows, {recheck: true})},
    ...actionsOf(rows),
    null,
    {label: t('remove'), icon: 'remove', run: () => remove(rows), keys: t('key.delete')},
    rows.some(row => !row.share) && {label: t('menu.delete'), icon: 'remove', danger: true, run: () => removeWithFiles(rows)},
  ].filter(item => item || item === null);
}
