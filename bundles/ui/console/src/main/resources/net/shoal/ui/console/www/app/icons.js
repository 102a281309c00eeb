import {html, svg, nothing} from 'lit';

// Own icons on a grid of 24, drawn with one stroke width. `turns` ones point along the line of reading and are mirrored with it.
const SHAPES = {
  send: svg`<path d="M12 15V4m0 0L7.5 8.5M12 4l4.5 4.5M4.5 14.5v3a2.5 2.5 0 0 0 2.5 2.5h10a2.5 2.5 0 0 0 2.5-2.5v-3"/>`,
  receive: svg`<path d="M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M4.5 14.5v3a2.5 2.5 0 0 0 2.5 2.5h10a2.5 2.5 0 0 0 2.5-2.5v-3"/>`,
  transfers: svg`<path d="M7.5 4.5v13m0 0L4 14m3.5 3.5L11 14M16.5 19.5v-13m0 0L13 10m3.5-3.5L20 10"/>`,
  pause: svg`<path d="M9 6v12M15 6v12"/>`,
  play: svg`<path d="M8 5.5v13l10.5-6.5z"/>`,
  remove: svg`<path d="M5 7h14M10 7V5.5A1.5 1.5 0 0 1 11.5 4h1A1.5 1.5 0 0 1 14 5.5V7m3 0-.7 11a2 2 0 0 1-2 1.9H9.7a2 2 0 0 1-2-1.9L7 7m3.5 4v5m3-5v5"/>`,
  more: svg`<path d="M6 12h.01M12 12h.01M18 12h.01" stroke-width="2.75"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  close: svg`<path d="m6.5 6.5 11 11m0-11-11 11"/>`,
  search: svg`<circle cx="11" cy="11" r="6"/><path d="m15.5 15.5 4 4"/>`,
  folder: svg`<path d="M3.5 7.5a2 2 0 0 1 2-2h3.6a2 2 0 0 1 1.5.7l1 1.3h6.9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"/>`,
  'folder-new': svg`<path d="M3.5 7.5a2 2 0 0 1 2-2h3.6a2 2 0 0 1 1.5.7l1 1.3h6.9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2zM12 10.5v5m-2.5-2.5h5"/>`,
  files: svg`<path d="M9.5 5.5a2 2 0 0 1 2-2h3.5l4 4v8a2 2 0 0 1-2 2h-5.5a2 2 0 0 1-2-2zM15 3.5v4h4M9.5 7H8a2 2 0 0 0-2 2v9.5a2 2 0 0 0 2 2h6.5a2 2 0 0 0 2-2v-1"/>`,
  file: svg`<path d="M6.5 5.5a2 2 0 0 1 2-2h5l4 4v11a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2zM13.5 3.5v4h4"/>`,
  image: svg`<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="9" cy="10" r="1.5"/><path d="m4 17 4.5-4 3 2.5 4-4.5 4.5 5"/>`,
  video: svg`<rect x="3.5" y="5" width="17" height="14" rx="2"/><path d="M10.5 9.5v5l4-2.5z"/>`,
  archive: svg`<path d="M4.5 5.5h15v4h-15zM6 9.5v8a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2v-8M10.5 13h3"/>`,
  document: svg`<path d="M6.5 5.5a2 2 0 0 1 2-2h5l4 4v11a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2zM13.5 3.5v4h4M9.5 12h5m-5 3.5h5"/>`,
  disc: svg`<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="2"/>`,
  clock: svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`,
  audio: svg`<path d="M9 17.5V6l9.5-2v11.5"/><circle cx="6.75" cy="17.5" r="2.25"/><circle cx="16.25" cy="15.5" r="2.25"/>`,
  settings: svg`<path d="M4 7.5h8m4 0h4M4 16.5h4m4 0h8"/><circle cx="14" cy="7.5" r="2"/><circle cx="10" cy="16.5" r="2"/>`,
  plugin: svg`<path d="M9 6.5a2 2 0 1 1 4 0h4.5v4.5a2 2 0 1 0 0 4v4.5h-13V15a2 2 0 1 0 0-4V6.5z"/>`,
  health: svg`<path d="M3.5 12.5H8l2-5.5 4 10 2-4.5h4.5"/>`,
  log: svg`<path d="M5 6.5h14M5 10.5h9M5 14.5h14M5 18.5h6"/>`,
  history: svg`<path d="M4.5 12a7.5 7.5 0 1 0 2.4-5.5L4.5 8.5m0-4v4h4M12 8v4.5l3 1.5"/>`,
  share: svg`<circle cx="6.5" cy="12" r="2.5"/><circle cx="17" cy="6.5" r="2.5"/><circle cx="17" cy="17.5" r="2.5"/><path d="m8.8 10.9 6-3.2m-6 5.4 6 3.2"/>`,
  speed: svg`<path d="M5.6 18a8.5 8.5 0 1 1 12.8 0M12 14.5l3.5-5"/><circle cx="12" cy="14.5" r="1"/>`,
  copy: svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>`,
  code: svg`<path d="M4.5 4.5h5v5h-5zM14.5 4.5h5v5h-5zM4.5 14.5h5v5h-5zM14.5 14.5h2v2h-2zM19.5 14.5v.01M14.5 19.5h.01M19.5 19.5h-2"/>`,
  link: svg`<path d="M10.5 13.5a3.5 3.5 0 0 0 5 0l3-3a3.5 3.5 0 0 0-5-5l-1 1m1 4a3.5 3.5 0 0 0-5 0l-3 3a3.5 3.5 0 0 0 5 5l1-1"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  warn: svg`<path d="M12 4.5 21 19.5H3zM12 10.5v4M12 17h.01"/>`,
  attention: svg`<path d="M12 5v8.5M12 18.5h.01"/>`,
  info: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8h.01"/>`,
  back: svg`<path d="M14.5 6 8.5 12l6 6"/>`,
  next: svg`<path d="m9.5 6 6 6-6 6"/>`,
  down: svg`<path d="m6 9.5 6 6 6-6"/>`,
  'arrow-down': svg`<path d="M12 5v14m0 0-5-5m5 5 5-5"/>`,
  'arrow-up': svg`<path d="M12 19V5m0 0L7 10m5-5 5 5"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 3.5v1.5m0 14v1.5M3.5 12H5m14 0h1.5M6 6l1 1m10 10 1 1M18 6l-1 1M7 17l-1 1"/>`,
  moon: svg`<path d="M19.5 14.5a8 8 0 0 1-10-10 8 8 0 1 0 10 10z"/>`,
  bell: svg`<path d="M6.5 16.5v-6a5.5 5.5 0 0 1 11 0v6l1.5 1.5H5zM10 20.5h4"/>`,
  keyboard: svg`<rect x="3" y="6.5" width="18" height="11" rx="2"/><path d="M6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01M8 14h8"/>`,
  people: svg`<circle cx="9" cy="9" r="3"/><path d="M3.5 19a5.5 5.5 0 0 1 11 0M15.5 6.4a3 3 0 0 1 0 5.2m2 2.4a5.5 5.5 0 0 1 3 5"/>`,
  refresh: svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.5l2.4 2m0-4v4h-4"/>`,
  lock: svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`,
  computer: svg`<rect x="4" y="5" width="16" height="10.5" rx="2"/><path d="M9 19.5h6M12 15.5v4"/>`,
  device: svg`<path d="M12 4v10m0 0-4-4m4 4 4-4M5 19.5h14"/>`,
  sort: svg`<path d="M8 5.5v13m0 0-3.5-3.5M8 18.5l3.5-3.5M16 18.5v-13m0 0L12.5 9M16 5.5 19.5 9"/>`,
  menu: svg`<path d="M4.5 7h15M4.5 12h15M4.5 17h15"/>`,
  eye: svg`<path d="M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6z"/><circle cx="12" cy="12" r="2.5"/>`,
  palette: svg`<path d="M12 3.5a8.5 8.5 0 1 0 0 17c1.2 0 1.7-.8 1.7-1.6 0-1.4-1.2-1.6-1.2-2.6 0-.8.7-1.3 1.5-1.3h2a4.5 4.5 0 0 0 4.5-4.4c0-4-3.8-7.1-8.5-7.1zM8 12h.01M9.5 8h.01M14 7.5h.01"/>`,
  leave: svg`<path d="M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10M15 8l4 4-4 4m4-4H9.5"/>`,
  edit: svg`<path d="m5 19 .8-3.7L16 5.1a1.8 1.8 0 0 1 2.6 0l.3.3a1.8 1.8 0 0 1 0 2.6L8.7 18.2z"/>`,
};

const TURNS = new Set(['back', 'next', 'leave', 'log', 'share']);

export const iconNames = () => Object.keys(SHAPES);

/** An icon of this name; it says nothing to a screen reader, so what it stands for has to be said beside it. */
export function icon(name, more = '') {
  return SHAPES[name]
    ? html`<svg class="icon ${TURNS.has(name) ? 'turns' : ''} ${more}" viewBox="0 0 24 24" aria-hidden="true">${SHAPES[name]}</svg>`
    : nothing;
}

/** A plugin's icon: one of ours by its name, or a picture by its path. */
export const anyIcon = given =>
  given?.startsWith('/') ? html`<img class="icon" src=${given} alt="" />` : icon(SHAPES[given] ? given : 'plugin');

/** The mark: three fish that swim together. */
export const mark = () => html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
  <g fill="currentColor"><path d="M3 10.5c3-3.6 7.6-3.6 10.6 0l2.4-2v4l-2.4-2c-3 3.6-7.6 3.6-10.6 0z" />
  <path opacity=".75" d="M14 18.5c3-3.6 7.6-3.6 10.6 0l2.9-2v4l-2.9-2c-3 3.6-7.6 3.6-10.6 0z" transform="translate(1.5 -1)" />
  <path opacity=".5" d="M5 25c2.5-3 6.3-3 8.8 0l2.2-1.7v3.4l-2.2-1.7c-2.5 3-6.300 3-8.8 0z" /></g></svg>`;
