import {html, nothing} from 'lit';
import '../rows.js';
import {Part, bar, empty, tile, waiting} from '../part.js';
import {shoal} from '../art.js';
import {store} from '../store.js';
import {icon} from '../icons.js';
import {t, size, rate, percent, count, ago, sorter} from '../i18n.js';
import * as words from '../words.js';
import {menuOf, remove, removeWithFiles, setPaused, togglePaused, look, showLink} from '../actions.js';
import {openMenu} from '../overlays.js';
import {keys} from '../keys.js';
import {receive, sendFromNode, chooseFiles} from '../begin.js';

const ROW = 66;
const ROW_ON_PHONES = 92;
/** So few that nobody searches among them on a small screen. */
const FEW = 7;
const phone = matchMedia('(max-width: 40rem)');

const FILTERS = {
  all: () => true,
  arriving: words.arriving,
  complete: row => row.state === 'seeding' || (row.state === 'paused' && words.complete(row)),
  paused: row => row.state === 'paused' && row.why !== 'choice' && !words.complete(row),
  needs: words.needsYou,
};

const far = Number.MAX_SAFE_INTEGER;
const ORDERS = {
  added: (a, b) => b.added - a.added,
  name: (a, b, collator) => collator.compare(a.name, b.name),
  progress: (a, b) => (words.part(b) ?? 0) - (words.part(a) ?? 0),
  rate: (a, b) => b.down + b.up - a.down - a.up,
  eta: (a, b) => (a.state === 'downloading' ? (a.eta ?? far) : far) - (b.state === 'downloading' ? (b.eta ?? far) : far),
  size: (a, b) => b.size - a.size,
  ratio: (a, b) => b.ratio - a.ratio,
};

/** The list of transfers, and where to begin. */
class Transfers extends Part {
  static live = true;
  static properties = {filter: {state: true}, query: {state: true}, order: {state: true}, turned: {state: true}, selected: {state: true}, current: {state: true}};

  constructor() {
    super();
    this.filter = 'all';
    this.query = '';
    this.order = sessionStorage.getItem('shoal.order') ?? 'added';
    this.turned = sessionStorage.getItem('shoal.turned') === 'true';
    this.selected = new Set();
    this.current = null;
    this.anchor = null;
  }

  connectedCallback() {
    super.connectedCallback();
    phone.addEventListener('change', this.turn);
    this.release = keys({
      j: () => this.step(1), ArrowDown: event => this.step(1, event.shiftKey),
      k: () => this.step(-1), ArrowUp: event => this.step(-1, event.shiftKey),
      Home: () => this.step(-Infinity), End: () => this.step(Infinity), PageDown: () => this.step(10), PageUp: () => this.step(-10),
      Enter: () => this.withCurrent(row => this.open(row)),
      ' ': () => this.withCurrent(row => this.select(row.id)),
      x: () => this.withCurrent(row => this.select(row.id)),
      p: () => this.withAimed(togglePaused),
      Delete: event => this.withAimed(event.shiftKey ? removeWithFiles : rows => this.removeThese(rows)),
      'ctrl+a': () => (this.selected = new Set(this.shown.map(row => row.id))),
      Escape: () => (this.selected = new Set()),
      '/': () => this.querySelector('[type="search"]')?.focus(),
      m: () => this.withCurrent(row => openMenu(this.querySelector(`[data-id="${row.id}"]`), menuOf([row], {open: () => this.open(row)}))),
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.release();
    phone.removeEventListener('change', this.turn);
  }

  turn = () => this.requestUpdate();

  willUpdate() {
    this.all = [...store.transfers.values()].filter(row => !row.removing);
    const query = this.query.trim().toLocaleLowerCase();
    const by = ORDERS[this.order] ?? ORDERS.added;
    const collator = (this.collator ??= sorter());
    this.shown = this.all
      .filter(row => FILTERS[this.filter](row) && (!query || row.name.toLocaleLowerCase().includes(query)))
      .sort((a, b) => (this.turned ? by(b, a, collator) : by(a, b, collator)) || (a.id < b.id ? -1 : 1));
    for (const id of this.selected) if (!store.transfers.has(id) || store.transfers.get(id).removing) this.selected.delete(id);
  }

  open(row) {
    if (row.why === 'choice' || (row.state === 'metadata' && row.looking)) look(row);
    else location.hash = `#/transfer/${row.id}`;
  }

  // selecting and moving about

  aimed() {
    if (this.selected.size) return this.shown.filter(row => this.selected.has(row.id));
    return this.shown.filter(row => row.id === this.current);
  }

  withAimed(act) {
    const rows = this.aimed();
    if (rows.length) act(rows);
  }

  withCurrent(act) {
    const row = this.shown.find(one => one.id === this.current);
    if (row) act(row);
  }

  async removeThese(rows) {
    const at = this.shown.findIndex(row => row.id === this.current);
    await remove(rows);
    const left = this.shown.filter(row => !row.removing);
    const next = left[Math.min(at, left.length - 1)];
    if (next && at >= 0) this.focusOn(next, left.indexOf(next));
  }

  select(id, only = false) {
    const selected = only ? new Set() : new Set(this.selected);
    if (this.selected.has(id) && !only) selected.delete(id);
    else selected.add(id);
    this.selected = selected;
    this.anchor = id;
  }

  selectTo(id) {
    const from = Math.max(0, this.shown.findIndex(row => row.id === (this.anchor ?? this.current ?? id)));
    const to = this.shown.findIndex(row => row.id === id);
    this.selected = new Set(this.shown.slice(Math.min(from, to), Math.max(from, to) + 1).map(row => row.id));
  }

  step(by, extend = false) {
    if (!this.shown.length) return;
    const now = this.shown.findIndex(row => row.id === this.current);
    const to = now < 0 && by !== Infinity ? 0 : Math.max(0, Math.min(this.shown.length - 1, now + by));
    if (extend && this.anchor === null) this.anchor = this.current;
    this.focusOn(this.shown[to], to);
    if (extend) this.selectTo(this.shown[to].id);
  }

  async focusOn(row, index) {
    this.current = row.id;
    await this.updateComplete;
    await this.querySelector('shoal-rows')?.reveal(index);
    this.querySelector(`[data-id="${row.id}"]`)?.focus({preventScroll: true});
  }

  pressed(event, row) {
    this.current = row.id;
    if (event.target.closest('button, a, input, label')) return;
    if (event.shiftKey) this.selectTo(row.id);
    else if (event.ctrlKey || event.metaKey) this.select(row.id);
    else this.open(row);
  }

  sortBy(order) {
    if (this.order === order) this.turned = !this.turned;
    else [this.order, this.turned] = [order, false];
    sessionStorage.setItem('shoal.order', this.order);
    sessionStorage.setItem('shoal.turned', String(this.turned));
  }

  // drawing

  render() {
    if (!store.totals) return html`<header class="page-head"><h1 tabindex="-1">${t('nav.transfers')}</h1></header>${store.connection === 'lost' ? nothing : waiting()}`;
    const busy = store.preparing.filter(one => one.state !== 'shared');
    if (!this.all.length && !busy.length) return this.welcome();
    return html`<header class="page-head begin"><div class="grow"><h1 tabindex="-1">${t('nav.transfers')}</h1><p class="soft">${this.sum()}</p></div>
        <div class="line">
          <button class="button" @click=${() => receive()}>${icon('receive')}${t('receive')}</button>
          <button class="button primary" aria-haspopup="menu" @click=${event => this.sendMenu(event)}>${icon('send')}${t('send')}</button>
        </div></header>
      ${busy.map(one => this.preparing(one))}
      ${this.all.length ? html`${this.tools()}${this.shown.length ? this.list() : this.nothingLikeThat()}` : nothing}
      ${this.selected.size ? this.selectionBar() : nothing}`;
  }

  /** What goes on, in a line. */
  sum() {
    const {down, up} = store.totals;
    const moving = this.all.filter(row => row.state === 'downloading').length;
    const parts = [moving ? t('sum.arriving', {n: moving}) : '', down ? t('sum.down', {rate: rate(down)}) : '', up ? t('sum.up', {rate: rate(up)}) : ''].filter(Boolean);
    return parts.length ? parts.join(' · ') : t('sum.quiet');
  }

  nothingLikeThat() {
    return empty({
      name: 'search', title: t('filtered.title'), text: t('filtered.text'),
      actions: html`<button class="button" @click=${() => ((this.filter = 'all'), (this.query = ''))}>${t('filtered.all')}</button>`,
    });
  }

  sendMenu(event) {
    openMenu(event, [
      {label: t('send.files'), icon: 'file', run: () => chooseFiles(false)},
      {label: t('send.folder'), icon: 'folder', run: () => chooseFiles(true)},
      null,
      {label: t('send.node'), icon: 'computer', run: () => sendFromNode()},
    ]);
  }

  welcome() {
    return html`<div class="welcome-page"><header class="welcome-head">${shoal()}<h1 tabindex="-1">${t('welcome.title')}</h1><p class="lead">${t('welcome.text')}</p></header>
      <div class="welcome">
        <section class="card welcome-card" aria-labelledby="welcome-send">
          <header><span class="welcome-icon">${icon('send')}</span><div><h2 id="welcome-send">${t('welcome.send.title')}</h2><p class="soft">${t('welcome.send.text')}</p></div></header>
          <div class="drop">${icon('files')}<p class="by-mouse">${t('welcome.send.drop')}</p><div class="line centred">
            <button class="button primary" @click=${() => chooseFiles(false)}>${icon('file')}${t('send.files')}</button>
            <button class="button" @click=${() => chooseFiles(true)}>${icon('folder')}${t('send.folder')}</button></div></div>
          <p class="welcome-foot"><button class="button plain small" @click=${() => sendFromNode()}>${icon('computer')}${t('send.node')}</button></p>
        </section>
        <section class="card welcome-card" aria-labelledby="welcome-receive">
          <header><span class="welcome-icon">${icon('receive')}</span><div><h2 id="welcome-receive">${t('welcome.receive.title')}</h2><p class="soft">${t('welcome.receive.text')}</p></div></header>
          <form class="stack" @submit=${event => {
            event.preventDefault();
            receive(event.target.elements.link.value);
          }}>
            <label class="field"><span class="label">${t('receive.link')}</span>
              <input class="input tall" name="link" autocomplete="off" autocapitalize="off" spellcheck="false" dir="auto" placeholder=${t('receive.placeholder')} required /></label>
            <button class="button primary tall">${icon('eye')}${t('receive.look')}</button>
            <p class="small soft line still top">${icon('lock')}<span>${t('welcome.receive.calm')}</span></p>
          </form>
          <p class="welcome-foot"><button class="button plain small" type="button" @click=${() => receive('', true)}>${icon('file')}${t('receive.file')}</button></p>
        </section>
      </div>
      <ol class="steps" aria-label=${t('welcome.how')}>${[1, 2, 3].map(step => html`<li><span class="step">${count(step)}</span><div><p><strong>${t(`welcome.how.${step}`)}</strong></p><p class="small soft">${t(`welcome.how.${step}.text`)}</p></div></li>`)}</ol></div>`;
  }

  preparing(one) {
    const failed = one.state === 'failed';
    return html`<div class="card preparing">${tile(words.kindOf(one.name), failed ? 'attention' : 'clock')}<div class="grow">
      <p class="clip"><strong><bdi>${one.name}</bdi></strong></p>
      <p class="small ${failed ? 'error-text' : 'soft'}">${failed ? one.error?.error.message : one.total ? t('preparing.part', {done: size(one.hashed), total: size(one.total)}) : t('preparing')}</p>
      ${failed ? nothing : bar(one.total ? one.hashed / one.total : undefined, one.name)}</div>
      <button class="icon-button" aria-label=${failed ? t('close') : t('cancel')} data-tip=${failed ? t('close') : t('cancel')} @click=${() => import('../actions-share.js').then(own => own.forget(one))}>${icon('close')}</button></div>`;
  }

  tools() {
    const counts = Object.fromEntries(Object.keys(FILTERS).map(name => [name, 0]));
    for (const row of this.all) for (const name in FILTERS) if (FILTERS[name](row)) counts[name]++;
    return html`<div class="tools ${this.all.length > FEW || this.query ? '' : 'few'}"><div class="choice filters" role="group" aria-label=${t('filter')}>${Object.keys(FILTERS).map(name =>
        name === 'all' || counts[name] || this.filter === name
          ? html`<button aria-pressed=${this.filter === name} @click=${() => (this.filter = name)}>${t(`filter.${name}`)} <span class="count ${name === 'needs' ? 'warn' : ''}">${count(counts[name])}</span></button>`
          : nothing)}</div>
      <div class="line still tools-end"><label class="search grow">${icon('search')}<input class="input" type="search" aria-label=${t('search')} placeholder=${t('search')} .value=${this.query}
        @input=${event => (this.query = event.target.value)} /></label>
      <button class="icon-button" aria-haspopup="menu" aria-label=${t('sort')} data-tip=${t('sort')} @click=${event => openMenu(event, Object.keys(ORDERS).map(order => ({
        label: t(`sort.${order}`), icon: this.order === order ? (this.turned ? 'arrow-up' : 'arrow-down') : '', run: () => this.sortBy(order)})))}>${icon('sort')}</button></div></div>`;
  }

  list() {
    const header = (order, label, more = '') => html`<div role="columnheader" class=${more} aria-sort=${this.order !== order ? 'none' : this.turned ? 'ascending' : 'descending'}>
      <button @click=${() => this.sortBy(order)}>${label}${this.order === order ? icon(this.turned ? 'arrow-up' : 'arrow-down') : nothing}</button></div>`;
    const all = this.selected.size === this.shown.length;
    return html`<div class="transfers card flush ${this.selected.size ? 'selecting' : ''}" role="grid" aria-label=${t('nav.transfers')} aria-rowcount=${this.shown.length + 1} aria-multiselectable="true">
      <div class="row head" role="row" aria-rowindex="1">
        <div role="columnheader" class="c-tile"><input class="tick" type="checkbox" aria-label=${t('select.all')} .checked=${all} .indeterminate=${!all && this.selected.size > 0}
          @change=${() => (this.selected = new Set(all ? [] : this.shown.map(row => row.id)))} /></div>
        ${header('name', t('sort.name'), 'c-name')}${header('progress', t('progress'), 'c-progress')}${header('rate', t('sort.rate'), 'c-rate end')}${header('size', t('sort.size'), 'c-size end')}
        <div role="columnheader" class="c-do"><span class="aside">${t('more')}</span></div></div>
      <shoal-rows .items=${this.shown} .height=${phone.matches ? ROW_ON_PHONES : ROW} .key=${row => row.id} .row=${(row, index) => this.row(row, index)}></shoal-rows></div>`;
  }

  row(row, index) {
    const selected = this.selected.has(row.id);
    const focusable = row.id === this.current || (this.current === null && index === 0);
    const name = row.name || t('unnamed');
    const state = words.stateWords(row);
    const inner = focusable ? 0 : -1;
    return html`<div class="row ${selected ? 'selected' : ''}" role="row" data-id=${row.id} aria-rowindex=${index + 2} aria-selected=${selected} tabindex=${focusable ? 0 : -1}
        @click=${event => this.pressed(event, row)} @focusin=${() => this.current !== row.id && (this.current = row.id)}
        @contextmenu=${event => this.contextMenu(event, row)}>
      <div role="gridcell" class="c-tile">${tile(words.kindOf(name), words.signOf(row))}<input class="tick" type="checkbox" tabindex=${inner} aria-label=${t('select', {name})} .checked=${selected}
        @click=${event => event.shiftKey && (this.selectTo(row.id), event.preventDefault())} @change=${() => this.select(row.id)} /></div>
      <div role="gridcell" class="c-name"><a class="name clip" dir="auto" href=${`#/transfer/${row.id}`} tabindex=${inner} @click=${event => {
          if (row.why !== 'choice') return;
          event.preventDefault();
          look(row);
        }}><bdi>${name}</bdi></a>
        <span class="state clip ${row.state === 'failed' ? 'bad' : words.needsYou(row) ? 'warn' : ''}">${state}</span></div>
      <div role="gridcell" class="c-progress">${this.progress(row, state, inner)}</div>
      <div role="gridcell" class="c-rate end number">${row.down ? html`<span class="rate down">${icon('arrow-down')}<span class="aside">${t('down')}</span>${rate(row.down)}</span>` : nothing}
        ${row.up ? html`<span class="rate up">${icon('arrow-up')}<span class="aside">${t('up')}</span>${rate(row.up)}</span>` : nothing}</div>
      <div role="gridcell" class="c-size end number">${row.size ? size(row.size) : nothing}</div>
      <div role="gridcell" class="c-do">${this.quick(row, name, inner)}<button class="icon-button menu-button" aria-haspopup="menu" tabindex=${inner} aria-label=${t('more.of', {name})}
        @click=${event => openMenu(event, menuOf([row], {open: () => this.open(row)}))}>${icon('more')}</button></div>
    </div>`;
  }

  /** How far it is and how long it takes; of what is complete, what came of it. */
  progress(row, state, inner) {
    if (row.why === 'choice') return html`<button class="button small" tabindex=${inner} @click=${() => look(row)}>${icon('eye')}<span>${t('choose.short')}</span></button><span class="figures-line narrow">${row.size ? size(row.size) : nothing}</span>`;
    const part = words.part(row);
    const working = row.state === 'checking' || row.state === 'moving';
    if (words.complete(row) && !working && row.state !== 'failed') {
      const given = row.uploaded ? t('given', {size: size(row.uploaded)}) : nothing;
      return html`<span class="figures-line"><span class="clip"><span class="narrow">${size(row.size)}${given === nothing ? nothing : ' · '}</span>${given === nothing ? html`<span class="wide">${ago(row.completed ?? row.added)}</span>` : given}</span></span>`;
    }
    const eta = words.etaWords(row);
    const known = part !== undefined && row.size > 0;
    return html`${bar(row.state === 'metadata' ? undefined : part, state, words.barKind(row))}
      <span class="figures-line number"><span class="clip">${known ? html`<b>${percent(part)}</b>` : nothing}<span class="narrow soft">${row.down ? html` · ${rate(row.down)}` : known && !working ? html` ${t('of.size', {size: size(row.wanted || row.size)})}` : nothing}</span></span>
      ${eta ? html`<span class="soft"><span class="wide">${t('left', {time: eta})}</span><span class="narrow">${eta}</span></span>` : nothing}</span>`;
  }

  /** What is most likely wanted of it, at one press. */
  quick(row, name, inner) {
    const button = (shape, label, run) => html`<button class="icon-button quick" tabindex=${inner} aria-label=${`${label}: ${name}`} data-tip=${label} @click=${run}>${icon(shape)}</button>`;
    if (row.why === 'choice') return nothing;
    if (row.state === 'failed') return button('refresh', t('again'), () => setPaused([row], false));
    if (row.state === 'paused') return button('play', t('resume'), () => setPaused([row], false));
    if (words.complete(row)) return button('link', t('menu.link'), () => showLink(row));
    return button('pause', t('pause'), () => setPaused([row], true));
  }

  contextMenu(event, row) {
    if (event.shiftKey) return;
    event.preventDefault();
    const rows = this.selected.has(row.id) ? this.aimed() : [row];
    openMenu(event, menuOf(rows, {open: rows.length === 1 ? () => this.open(row) : undefined}));
  }

  selectionBar() {
    const rows = this.aimed();
    return html`<div class="selection" role="toolbar" aria-label=${t('selection')}><button class="icon-button" aria-label=${t('select.none')} data-tip=${t('select.none')} @click=${() => (this.selected = new Set())}>${icon('close')}</button>
      <span class="number grow"><strong>${t('selected', {n: rows.length})}</strong> <span class="small soft">${size(rows.reduce((sum, row) => sum + row.size, 0))}</span></span>
      <button class="button small" @click=${() => setPaused(rows, true)}>${icon('pause')}<span>${t('pause')}</span></button>
      <button class="button small" @click=${() => setPaused(rows, false)}>${icon('play')}<span>${t('resume')}</span></button>
      <button class="button small" @click=${() => this.removeThese(rows)}>${icon('remove')}<span>${t('remove')}</span></button>
      <button class="icon-button" aria-haspopup="menu" aria-label=${t('more')} @click=${event => openMenu(event, menuOf(rows))}>${icon('more')}</button></div>`;
  }
}
customElements.define('shoal-transfers', Transfers);
