import {t, percent, duration} from './i18n.js';

/** What a transfer is doing, in plain words. */
export function stateWords(row) {
  switch (row.state) {
    case 'metadata': return row.peers ? t('state.metadata') : t('state.searching');
    case 'checking': return t('state.checking', {part: percent(row.part ?? 0)});
    case 'moving': return t('state.moving', {part: percent(row.part ?? 0)});
    case 'queued': return t('state.queued');
    case 'failed': return row.problem?.reason ?? t('state.failed');
    case 'paused': return t(`state.paused.${row.why ?? 'user'}`);
    case 'seeding': return row.up > 0 ? t('state.giving', {n: row.peers}) : row.share ? t('state.offered') : t('state.complete');
    default:
      if (row.down > 0) return t('state.arriving', {n: Math.max(1, row.peers)});
      return row.peers ? t('state.hoping', {n: row.peers}) : t('state.searching');
  }
}

/** Of 1, or undefined while nobody knows. */
export const part = row => (row.state === 'checking' || row.state === 'moving' ? (row.part ?? 0) : row.wanted ? row.done / row.wanted : row.state === 'metadata' ? undefined : 0);

export const complete = row => row.wanted > 0 && row.done >= row.wanted;
export const arriving = row => row.state === 'metadata' || row.state === 'downloading' || ((row.state === 'queued' || row.state === 'checking' || row.state === 'moving') && !complete(row));
export const needsYou = row => row.state === 'failed' || (row.state === 'paused' && row.why === 'choice');
export const pausable = row => row.state !== 'paused' && !row.removing;

/** The colour of its progress. */
export const barKind = row => (row.state === 'failed' ? 'bad' : row.state === 'paused' || row.state === 'queued' ? 'still' : complete(row) ? 'good' : '');

export const etaWords = row => (row.state === 'downloading' && row.eta !== null ? duration(row.eta) : '');

/** How well it is: 3 good, 2 fair, 1 poor, 0 nothing to say. */
export function health(row) {
  if (row.state === 'failed') return 1;
  if (row.state === 'paused' || row.state === 'queued' || row.state === 'checking' || row.state === 'moving') return 0;
  if (complete(row)) return 3;
  if (row.seeds >= 2 || (row.seeds >= 1 && row.down > 0)) return 3;
  return row.seeds || row.down > 0 ? 2 : row.peers ? 2 : 1;
}

export const healthWords = row => (complete(row) ? t('health.complete') : [t('health.none'), t('health.poor'), t('health.fair', {n: row.peers}), t('health.good', {n: row.seeds})][health(row)]);

/** Where it comes from in words of everyday: whatever way others are reached by, they are people. Gives {kind, count, down}. */
export function sourcesOf(sources) {
  const sums = new Map();
  for (const {kind, count: many, down = 0} of sources) {
    const plain = APART.includes(kind) ? kind : 'peers';
    const sum = sums.get(plain) ?? {kind: plain, count: 0, down: 0};
    sums.set(plain, Object.assign(sum, {count: sum.count + many, down: sum.down + down}));
  }
  return [...sums.values()].filter(sum => sum.count);
}
const APART = ['web seed', 'copies'];

/** How many of what kind a source is. */
export const sourceWords = ({kind, count: many}) => t(`source.${kind}`, {n: many});

const KINDS = {
  image: /\.(png|jpe?g|gif|webp|avif|heic|tiff?|bmp|svg)$/i,
  video: /\.(mp4|mkv|webm|mov|avi|m4v|ogv|mpe?g|ts)$/i,
  audio: /\.(mp3|flac|ogg|oga|opus|m4a|m4b|wav|aac)$/i,
  document: /\.(pdf|docx?|odt|ods|odp|xlsx?|pptx?|epub|mobi|txt|md|rtf|csv)$/i,
  archive: /\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst|jar)$/i,
  disc: /\.(iso|img|dmg|vhd|vmdk|qcow2)$/i,
};
/** The icon for a file's name. */
export const fileIcon = name => Object.keys(KINDS).find(kind => KINDS[kind].test(name)) ?? 'file';

/** The icon for the name of a transfer, of which it is not known whether it is a file or a folder: what ends in no ending is a folder. */
export const kindOf = name => (/\.(?=\w*[a-z])\w{1,8}$/i.test(name) ? fileIcon(name) : 'folder');

/** How a transfer stands, as a small sign beside its icon. */
export function signOf(row) {
  if (row.state === 'failed') return 'attention';
  if (row.why === 'choice') return 'eye';
  if (complete(row)) return 'check';
  return {paused: 'pause', queued: 'clock', metadata: 'search', checking: 'refresh', moving: 'folder'}[row.state] ?? 'arrow-down';
}
