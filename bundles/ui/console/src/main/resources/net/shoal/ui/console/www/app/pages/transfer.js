import {html, nothing} from 'lit';
import {legend} from '../drawings.js';
import {Part, bar, empty, tile, troubleNote, waiting} from '../part.js';
import {archiveUrl, get, keepUrl} from '../api.js';
import {store} from '../store.js';
import {icon} from '../icons.js';
import {t, duration, knows, moment, percent, rate, ratio, size, count} from '../i18n.js';
import * as words from '../words.js';
import {alter, look, menuOf, remove, setPaused, showLink} from '../actions.js';
import {openMenu, copy} from '../overlays.js';
import {contributed} from '../contributions.js';
import {keys} from '../keys.js';
import {lastName} from '../tree.js';
import './transfer-files.js';
import './transfer-tables.js';
import './transfer-options.js';

const EVERY_MS = 2000;
/** More files than are asked for every time. */
const MANY = 300;
/** Files named at first sight. */
const NAMED = 4;
const PARTS = {overview: 'pieces,peers', files: 'files', connections: 'peers', finding: 'discovery', options: 'none'};

/** All about one transfer, in plain words first. */
class TransferPage extends Part {
  static live = true;
  static properties = {transferId: {}, tab: {}, sub: {}, details: {state: true}, trouble: {state: true}, gone: {state: true}};
  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => document.hidden || store.connection === 'lost' || this.load(), EVERY_MS);
    this.release = keys({
      p: () => this.row && setPaused([this.row], words.pausable(this.row)),
      Escape: () => (location.hash = '#/transfers'),
      Delete: () => this.row && this.giveUp(),
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.release();
  }

  get row() {
    return store.transfers.get(this.transferId) ?? this.details?.transfer;
  }

  updated(changed) {
    if (changed.has('tab')) this.querySelector('.tabs [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'center'});
  }

  willUpdate(changed) {
    if (changed.has('transferId') || changed.has('tab')) {
      if (changed.has('transferId')) this.details = null;
      this.load();
    }
  }

  async load() {
    try {
      const parts = this.#wantsFiles() ? new Set([...PARTS[this.tab].split(','), 'files']) : [PARTS[this.tab] ?? 'none'];
      const got = await get(`transfers/${this.transferId}`, {parts: [...parts].join()});
      const files = parts.has?.('files') ? got.files : (this.details?.files ?? []);
      this.details = {...this.details, ...got, files};
      this.filesAt = parts.has?.('files') ? this.row?.done : this.filesAt;
      this.trouble = null;
    } catch (e) {
      if (e.status === 404) this.gone = true;
      else if (!this.details) this.trouble = e;
    }
  }

  /** There may be very many: where they are not looked at, they are asked for again only while they are few and have moved. */
  #wantsFiles() {
    if (this.tab === 'files') return true;
    const files = this.details?.files ?? [];
    return this.tab === 'overview' && (!files.length || (files.length <= MANY && this.filesAt !== this.row?.done));
  }

  async giveUp() {
    if (await remove([this.row])) location.hash = '#/transfers';
  }

  render() {
    const {row} = this;
    if (this.gone && !store.transfers.has(this.transferId)) return empty({name: 'search', title: t('gone.title'), text: t('gone.text'), actions: html`<a class="button" href="#/transfers">${t('nav.transfers')}</a>`});
    if (!row) return html`<header class="transfer-head"><h1 tabindex="-1">${t('details')}</h1></header>${this.trouble ? troubleNote(this.trouble) : waiting()}`;
    return html`${this.head(row)}${this.summary(row)}${this.tabs()}${this.details ? this.content(row) : this.trouble ? troubleNote(this.trouble) : waiting()}`;
  }

  head(row) {
    const name = row.name || t('unnamed');
    return html`<header class="transfer-head"><a class="icon-button" href="#/transfers" aria-label=${t('back')} data-tip=${t('back')}>${icon('back')}</a>
      ${tile(words.kindOf(name), words.signOf(row))}
      <div class="grow"><h1 tabindex="-1"><bdi>${name}</bdi></h1><p class="state ${row.state === 'failed' ? 'error-text' : 'soft'}">${words.stateWords(row)}</p></div>
      <div class="line">${this.mainAction(row)}
        <button class="button" @click=${() => showLink(row)}>${icon('link')}${t('menu.link')}</button>
        <button class="icon-button" aria-haspopup="menu" aria-label=${t('more')} @click=${event => openMenu(event, menuOf([row]))}>${icon('more')}</button></div></header>`;
  }

  /** What most would do next: choose, play, save, go on. */
  mainAction(row) {
    if (row.why === 'choice') return html`<button class="button primary" @click=${() => look(row)}>${icon('eye')}${t('choose')}</button>`;
    const file = this.mainFile(row);
    const opening = file?.media ? html`<button class="button primary" @click=${() => this.show(file)}>${icon(file.media === 'image' ? 'eye' : 'play')}${t(`file.show.${file.media}`)}</button>`
      : file && file.done >= file.size ? html`<a class="button primary" href=${keepUrl(file)} download>${icon('device')}${t('file.keep.tip')}</a>` : nothing;
    if (words.complete(row) && row.state !== 'paused' && row.state !== 'failed') {
      return opening !== nothing || (this.details?.files ?? []).length < 2 ? opening
        : html`<a class="button primary" href=${archiveUrl(row)} download data-tip=${t('files.keep.tip')}>${icon('device')}${t('files.keep')}</a>`;
    }
    return html`${opening}${words.pausable(row) && row.state !== 'failed' ? html`<button class="button" @click=${() => setPaused([row], true)}>${icon('pause')}${t('pause')}</button>`
      : html`<button class="button ${opening === nothing ? 'primary' : ''}" @click=${() => setPaused([row], false)}>${icon(row.state === 'failed' ? 'refresh' : 'play')}${row.state === 'failed' ? t('again') : t('resume')}</button>`}`;
  }

  /** The one file that is most of it, if there is one and it can be opened from here. */
  mainFile(row) {
    const largest = (this.details?.files ?? []).reduce((most, file) => (file.size > (most?.size ?? -1) ? file : most), null);
    return largest?.content && largest.priority !== 'skip' && largest.size >= row.size * 0.6 ? largest : null;
  }

  async show(file) {
    const {MediaDialog} = await import('../dialogs/media.js');
    await MediaDialog.open({transfer: this.row, file, options: this.details.options});
  }

  summary(row) {
    const part = words.part(row);
    const failed = row.state === 'failed';
    const figure = (value, label) => html`<div><dt>${label}</dt><dd class="number">${value}</dd></div>`;
    const done = words.complete(row);
    return html`<section class="card summary" aria-label=${t('progress')}>${failed ? html`<div class="note bad">${icon('warn')}<div><p><strong>${row.problem?.reason ?? t('state.failed')}</strong></p>${row.problem?.hint ? html`<p class="small">${row.problem.hint}</p>` : nothing}</div></div>` : nothing}
      ${bar(part, t('progress'), words.barKind(row))}
      <dl class="figures">${figure(row.wanted ? percent(done ? 1 : row.done / row.wanted) : '–', !row.wanted ? t('unknown.size') : done ? size(row.wanted) : t('figure.of', {done: size(row.done), total: size(row.wanted)}))}
        ${done ? figure(size(row.uploaded), t('fact.given')) : figure(rate(row.down), t('down'))}
        ${done ? nothing : figure(row.state === 'downloading' && row.eta !== null ? duration(row.eta) : '–', t('sort.eta'))}
        ${figure(rate(row.up), t('up'))}</dl></section>`;
  }

  tabs() {
    const all = [...Object.keys(PARTS).map(name => ({name, label: t(`tab.${name}`)})), ...contributed('panel').map(one => ({name: `panel/${encodeURIComponent(one.id)}`, label: one.title, panel: one.id}))];
    return html`<nav class="tabs" aria-label=${t('tabs')}>${all.map(({name, label, panel}) => html`<a href=${`#/transfer/${this.transferId}/${name}`}
      aria-current=${(panel ? this.tab === 'panel' && this.sub === panel : this.tab === name) ? 'page' : nothing}><bdi>${label}</bdi></a>`)}</nav>`;
  }

  content(row) {
    const {details} = this;
    switch (this.tab) {
      case 'files': return html`<shoal-transfer-files .transfer=${row} .files=${details.files} .options=${details.options} @changed=${() => this.load()}></shoal-transfer-files>`;
      case 'connections': return html`<shoal-transfer-peers .peers=${details.peers ?? []} .transfer=${row} @changed=${() => this.load()}></shoal-transfer-peers>`;
      case 'finding': return html`<shoal-transfer-finding .discovery=${details.discovery ?? []} .transfer=${row} @changed=${() => this.load()}></shoal-transfer-finding>`;
      case 'options': return html`<shoal-transfer-options .options=${details.options} .transfer=${row} @changed=${() => this.load()}></shoal-transfer-options>`;
      case 'panel': {
        const panel = contributed('panel').find(one => one.id === this.sub);
        return panel ? html`<shoal-contributed .contribution=${panel} .transfer=${row}></shoal-contributed>` : html`<p class="soft">${t('plugin.gone')}</p>`;
      }
      default: return this.overview(row);
    }
  }

  overview(row) {
    const {details} = this;
    const samples = store.samples(row.id);
    return html`<div class="stack">
      ${(details.obstacles ?? []).length && !words.complete(row) && row.why !== 'choice' ? this.slow(row) : nothing}
      <div class="two">
        <div class="stack">${this.contents()}
          <section class="card" aria-labelledby="o-from"><h2 id="o-from">${words.complete(row) ? t('to.title') : t('from.title')}</h2>${this.sources(row)}</section>
          <section class="card stack tight" aria-labelledby="o-speed"><header class="line apart"><h2 id="o-speed">${t('speed')}</h2>
            ${legend(row.down, row.up)}</header>
            <shoal-graph .samples=${samples} .stamp=${samples.at(-1)?.at} label=${t('graph.label', {down: rate(row.down), up: rate(row.up)})}></shoal-graph>
            <p class="small soft">${t('graph.span')}</p></section>
          ${details.pieces ? html`<section class="card stack tight" aria-labelledby="o-pieces"><header class="line apart"><h2 id="o-pieces">${t('pieces')}</h2>
            <p class="small soft number">${t('pieces.count', {done: count(details.pieces.done), n: details.pieces.count, size: size(details.pieces.size)})}</p></header>
            <shoal-pieces .pieces=${details.pieces} .tall=${details.pieces.count > 400 ? 160 : details.pieces.count > 60 ? 90 : 44} label=${t('pieces.label', {done: count(details.pieces.done), n: details.pieces.count})}></shoal-pieces></section>` : nothing}
        </div>
        <section class="card" aria-labelledby="o-facts"><h2 id="o-facts">${t('details')}</h2><dl class="facts">
          ${row.wanted !== row.size ? html`<dt>${t('fact.size')}</dt><dd>${row.size ? t('fact.wanted.of', {wanted: size(row.wanted), size: size(row.size)}) : t('unknown')}</dd>` : nothing}
          <dt>${t('fact.health')}</dt><dd class="line still top">${words.health(row) ? html`<span class="health h${words.health(row)}" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}<span>${words.health(row) ? words.healthWords(row) : t('health.none')}</span></dd>
          <dt>${t('fact.where')}</dt><dd><bdi dir="ltr">${row.path}</bdi><button class="button plain small flush" @click=${() => copy(row.path)}>${icon('copy')}${t('copy')}</button></dd>
          <dt>${t('fact.got')}</dt><dd>${size(row.downloaded)}</dd>
          <dt>${t('fact.given')}</dt><dd>${size(row.uploaded)}${row.downloaded ? html` <span class="soft">(${t('fact.ratio', {ratio: ratio(row.ratio)})})</span>` : nothing}</dd>
          <dt>${t('fact.added')}</dt><dd>${moment(row.added)}</dd>
          ${row.completed ? html`<dt>${t('fact.completed')}</dt><dd>${moment(row.completed)}</dd>` : nothing}
          <dt>${t('fact.seen')}</dt><dd>${t(`visibility.${row.visibility}`)}${row.share ? html`, ${t('fact.in-place')}` : nothing}</dd></dl>
          <details class="more"><summary>${t('fact.technical')}</summary><dl class="facts"><dt>${t('fact.infohash')}</dt><dd class="mono">${row.id}</dd>
            ${details.v2 ? html`<dt>${t('fact.v2')}</dt><dd class="mono">${details.v2}</dd>` : nothing}
            <dt>${t('fact.known')}</dt><dd>${t('fact.known.count', {n: row.known})}</dd></dl>
            ${row.size ? html`<p><a href=${`/api/v1/transfers/${row.id}/torrent`} download>${t('fact.torrent')}</a></p>` : nothing}</details></section>
      </div></div>`;
  }

  /** The first of its files, to open at once. */
  contents() {
    const files = this.details.files ?? [];
    if (!files.length) return nothing;
    const first = [...files].filter(file => file.priority !== 'skip').sort((a, b) => Boolean(b.media) - Boolean(a.media) || b.size - a.size).slice(0, NAMED);
    return html`<section class="card flush" aria-labelledby="o-files"><header class="line apart card-head"><h2 id="o-files">${t('tab.files')}</h2>
        <a href=${`#/transfer/${this.transferId}/files`}>${t('files.see', {n: files.length})}</a></header>
      <ul class="list">${first.map(file => {
        const name = lastName(file.path);
        const part = file.size ? file.done / file.size : 1;
        return html`<li class="line still file-line">${tile(words.fileIcon(name))}<div class="grow"><p class="clip"><bdi>${name}</bdi></p>
          ${part < 1 ? bar(part, `${name} ${percent(part)}`) : nothing}<p class="small soft number">${part < 1 ? t('figure.of', {done: size(file.done), total: size(file.size)}) : size(file.size)}</p></div>
          ${file.media && file.content ? html`<button class="icon-button" aria-label=${t('file.show', {name})} data-tip=${t(`file.show.${file.media}`)} @click=${() => this.show(file)}>${icon(file.media === 'image' ? 'eye' : 'play')}</button>` : nothing}
          ${file.content && part === 1 ? html`<a class="icon-button" href=${keepUrl(file)} download aria-label=${t('file.keep', {name})} data-tip=${t('file.keep.tip')}>${icon('device')}</a>` : nothing}</li>`;
      })}</ul></section>`;
  }

  sources(row) {
    const active = words.sourcesOf(this.details.sources ?? []);
    if (!active.length) return html`<p class="soft">${row.state === 'paused' ? t('from.paused') : words.complete(row) ? t('to.nobody') : t('from.nobody')}</p>`;
    const clients = [...new Set((this.details.peers ?? []).filter(peer => (words.complete(row) ? peer.up : peer.down) > 0).map(peer => peer.client).filter(Boolean))].slice(0, 3);
    return html`${active.map(source => html`<div class="source-line"><span class="line still">${icon(source.kind === 'peers' ? 'people' : 'computer')}<bdi>${words.sourceWords(source)}</bdi></span>
      <span class="number">${words.complete(row) ? rate(row.up) : rate(source.down)}</span></div>`)}
      ${clients.length ? html`<p class="small soft wrap">${t('from.clients')} <bdi>${clients.join(', ')}</bdi></p>` : nothing}`;
  }

  slow(row) {
    return html`<section class="card slow" aria-labelledby="o-slow"><h2 id="o-slow">${icon('speed')}${t('slow.title')}</h2><ul class="checks bare">${this.details.obstacles.map(obstacle => {
      const fix = fixOf(obstacle, row);
      return html`<li><div class="grow"><p>${obstacleWords(obstacle)}</p></div>${fix ? html`<button class="button small" @click=${() => fix.run().then(() => this.load())}>${fix.label}</button>` : nothing}</li>`;
    })}</ul></section>`;
  }
}
customElements.define('shoal-transfer', TransferPage);

/** In the language of this browser where the cause is known, else as the node says it. */
function obstacleWords({cause, message, value, values = {}}) {
  const kind = cause === 'rate-limit' ? `rate-limit.${values.upload ? 'up' : 'down'}.${values.by ?? 'node'}` : cause;
  const key = `obstacle.${kind}`;
  if (!knows(key)) return message;
  const speed = values.rate ?? value;
  return t(key, {
    n: values.peers ?? values.known ?? values.pieces ?? (values.position ?? 0) + 1,
    rate: typeof speed === 'number' ? rate(speed) : '',
    part: typeof values.availability === 'number' ? percent(Math.min(1, values.availability)) : '',
    size: typeof values.waiting === 'number' ? size(values.waiting) : '',
  });
}

/** What a press of a button can do about it. */
function fixOf({cause, values = {}}, row) {
  const to = (label, hash) => ({label, run: async () => (location.hash = hash)});
  switch (cause) {
    case 'rate-limit': return values.by === 'transfer' ? {label: t('fix.limit'), run: () => alter([row], values.upload ? {upLimit: 0} : {downLimit: 0})} : to(t('fix.node-limit'), '#/speed');
    case 'limit-down': return {label: t('fix.limit'), run: () => alter([row], {downLimit: 0})};
    case 'limit-up': return {label: t('fix.limit'), run: () => alter([row], {upLimit: 0})};
    case 'limit-node-down': case 'limit-node-up': return to(t('fix.node-limit'), '#/speed');
    case 'queued': return {label: t('menu.force'), run: () => alter([row], {forced: true})};
    case 'paused': return {label: t('resume'), run: () => setPaused([row], false)};
    case 'failed': return {label: t('again'), run: () => setPaused([row], false)};
    case 'unreachable': case 'slow-disk': return to(t('fix.health'), '#/health');
    case 'no-peers': case 'nobody-answers': case 'no-metadata': case 'missing-pieces': case 'nothing-new': return to(t('fix.finding'), `#/transfer/${row.id}/finding`);
    default: return null;
  }
}
