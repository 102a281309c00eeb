import {html, nothing} from 'lit';
import './pages/transfers.js';
import {Part} from './part.js';
import {store} from './store.js';
import {anyIcon, icon, mark} from './icons.js';
import {t, rate} from './i18n.js';
import {contributed} from './contributions.js';
import {complain, openMenu, toast} from './overlays.js';
import {keys} from './keys.js';
import {notifying} from './preferences.js';
import {del, onSignedOut} from './api.js';

// what has a page: its element, loaded when it is gone to
const PAGES = {
  transfers: {icon: 'transfers', tag: 'shoal-transfers'},
  shares: {icon: 'share', tag: 'shoal-shares', load: () => import('./pages/shares.js')},
  history: {icon: 'history', tag: 'shoal-history', load: () => import('./pages/history.js')},
  speed: {icon: 'speed', tag: 'shoal-speed', load: () => import('./pages/speed.js')},
  settings: {icon: 'settings', tag: 'shoal-settings', load: () => import('./pages/settings.js')},
  plugins: {icon: 'plugin', tag: 'shoal-plugins', load: () => import('./pages/plugins.js')},
  health: {icon: 'health', tag: 'shoal-health', load: () => import('./pages/health.js')},
  log: {icon: 'log', tag: 'shoal-log', load: () => import('./pages/log.js')},
  transfer: {tag: 'shoal-transfer', load: () => import('./pages/transfer.js'), under: 'transfers'},
  style: {tag: 'shoal-style', load: () => import('./pages/style.js'), under: 'settings'},
};
const FIRST = ['transfers', 'shares', 'history'];
const SECOND = ['speed', 'settings', 'plugins', 'health', 'log'];
const ON_PHONES = ['transfers', 'shares', 'history'];

const place = () => {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/').map(decodeURIComponent);
  return {name: name || 'transfers', rest, query: new URLSearchParams(query)};
};

/** The frame: where one can go, what the node does, and the page one is at. */
class Console extends Part {
  static live = true;
  static properties = {place: {state: true}, out: {state: true}, unreachable: {state: true}};

  constructor() {
    super();
    this.place = place();
    onSignedOut(() => (this.out = true));
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', () => this.go());
    keys({
      '?': () => import('./dialogs/keys.js').then(({KeysDialog}) => KeysDialog.open()),
      1: () => (location.hash = '#/transfers'), 2: () => (location.hash = '#/shares'), 3: () => (location.hash = '#/history'),
      4: () => (location.hash = '#/speed'), 5: () => (location.hash = '#/settings'),
    });
    store.onNotice(notice => this.#notice(notice));
    this.#load();
    // the small graph is worth no wait
    setTimeout(() => import('./drawings.js'), 1500);
  }

  go() {
    const before = this.place;
    this.place = place();
    this.#load();
    if (before.name !== this.place.name || before.rest[0] !== this.place.rest[0]) {
      scrollTo(0, 0);
      this.moved = true;
    }
  }

  async #load() {
    const page = PAGES[this.place.name];
    if (!page?.load || customElements.get(page.tag)) return;
    try {
      await page.load();
      this.unreachable = false;
    } catch {
      this.unreachable = true;
    }
    this.requestUpdate();
  }

  updated() {
    const title = this.querySelector('main h1')?.textContent.trim();
    const {down, up} = store.totals ?? {};
    document.title = [down || up ? `↓ ${rate(down)} ↑ ${rate(up)}` : '', title, 'Shoal'].filter(Boolean).join(' · ');
    if (!this.moved) return;
    this.moved = false;
    requestAnimationFrame(() => this.querySelector('main h1')?.focus({preventScroll: true}));
  }

  #notice({event, id, name, message}) {
    if (event !== 'completed' && event !== 'failed') return;
    const text = event === 'completed' ? t('notice.completed', {name}) : t('notice.failed', {name, message});
    toast(text, {action: t('show'), run: () => (location.hash = `#/transfer/${id}`), bad: event === 'failed'});
    if (!notifying() || !document.hidden) return;
    const shown = new Notification(event === 'completed' ? t('notice.title.completed') : t('notice.title.failed'), {body: name, tag: id, icon: '/icon.svg'});
    shown.onclick = () => {
      window.focus();
      location.hash = `#/transfer/${id}`;
      shown.close();
    };
  }

  render() {
    const here = PAGES[this.place.name]?.under ?? this.place.name;
    return html`<a class="skip button" href="#main" @click=${event => {
        event.preventDefault();
        this.querySelector('main').focus();
      }}>${t('skip')}</a>
      <nav class="side" aria-label=${t('nav')}>
        <a class="brand" href="#/transfers">${mark()}<span>Shoal</span></a>
        ${FIRST.map(name => this.link(name, here))}
        ${this.plugged(here)}
        <hr />
        ${SECOND.map(name => this.link(name, here))}
        <div class="side-foot">${this.meter()}
          <div class="line apart"><button class="icon-button" aria-label=${t('keys')} data-tip=${t('keys.tip')} @click=${() => import('./dialogs/keys.js').then(({KeysDialog}) => KeysDialog.open())}>${icon('keyboard')}</button>
          <button class="icon-button" aria-label=${t('leave')} data-tip=${t('leave')} @click=${() => this.leave()}>${icon('leave')}</button></div></div>
      </nav>
      <main id="main" tabindex="-1">${this.banner()}${this.page()}</main>
      <nav class="bottom" aria-label=${t('nav')}>${ON_PHONES.map(name => this.link(name, here))}
        <button aria-label=${t('nav.more')} class=${ON_PHONES.includes(here) ? '' : 'here'} @click=${event => this.more(event)}>${icon('menu')}<span>${t('nav.more')}</span></button></nav>`;
  }

  link(name, here) {
    const waits = name === 'transfers' ? (store.totals?.states.failed ?? 0) : 0;
    return html`<a href=${`#/${name}`} aria-current=${here === name ? 'page' : nothing}>${icon(PAGES[name].icon)}<span>${t(`nav.${name}`)}</span>
      ${waits ? html`<span class="badge bad" aria-label=${t('nav.failed', {n: waits})}>${waits}</span>` : nothing}</a>`;
  }

  plugged(here) {
    return contributed('page').map(one => html`<a href=${`#/plugin/${encodeURIComponent(one.id)}`} aria-current=${here === 'plugin' && this.place.rest[0] === one.id ? 'page' : nothing}>
      ${anyIcon(one.icon)}<span class="clip"><bdi>${one.title}</bdi></span></a>`);
  }

  more(event) {
    openMenu(event, [
      ...contributed('page').map(one => ({label: one.title, icon: 'plugin', run: () => (location.hash = `#/plugin/${encodeURIComponent(one.id)}`)})),
      ...SECOND.map(name => ({label: t(`nav.${name}`), icon: PAGES[name].icon, run: () => (location.hash = `#/${name}`)})),
      null,
      {label: t('leave'), icon: 'leave', run: () => this.leave()},
    ]);
  }

  /** What all transfers together do, drawn small; leads to where it is limited. */
  meter() {
    const {down = 0, up = 0, downLimit = 0, upLimit = 0} = store.totals ?? {};
    const one = (shape, word, value, limit) => html`<dt class=${shape === 'arrow-up' ? 'up' : ''}>${icon(shape)}<span class="aside">${word}</span></dt>
      <dd class="number">${rate(value)}${limit ? html`<span class="soft limit"> / ${rate(limit)}</span>` : nothing}</dd>`;
    return html`<a class="meter" href="#/speed" aria-label=${t('meter.label', {down: rate(down), up: rate(up)})} data-tip=${t('meter')}>
      <shoal-graph bare .samples=${store.rates} .stamp=${store.rates.at(-1)?.at} .tall=${36}></shoal-graph>
      <dl>${one('arrow-down', t('down'), down, downLimit)}${one('arrow-up', t('up'), up, upLimit)}</dl></a>`;
  }

  async leave() {
    try {
      await del('session');
      location.assign('/login');
    } catch (e) {
      complain(e);
    }
  }

  banner() {
    if (this.out) return html`<div class="note warn banner" role="alert">${icon('lock')}<div><p><strong>${t('out.title')}</strong></p><p class="small">${t('out.text')}</p></div><a class="button small" href="/login">${t('out.in')}</a></div>`;
    if (store.connection === 'lost') return html`<div class="note warn banner" role="status"><span class="spinner"></span><div><p><strong>${t('lost.title')}</strong></p><p class="small">${t('lost.text')}</p></div></div>`;
    return nothing;
  }

  page() {
    const {name, rest, query} = this.place;
    if (this.unreachable) return html`<p class="note warn">${icon('warn')}<span>${t('error.offline')}</span><button class="button small" @click=${() => location.reload()}>${t('again')}</button></p>`;
    switch (name) {
      case 'transfers': return html`<shoal-transfers></shoal-transfers>`;
      case 'transfer': return html`<shoal-transfer .transferId=${rest[0]} .tab=${rest[1] ?? 'overview'} .sub=${rest[2]}></shoal-transfer>`;
      case 'shares': return html`<shoal-shares></shoal-shares>`;
      case 'history': return html`<shoal-history></shoal-history>`;
      case 'speed': return html`<shoal-speed></shoal-speed>`;
      case 'settings': return html`<shoal-settings .query=${query.get('q') ?? ''}></shoal-settings>`;
      case 'plugins': return html`<shoal-plugins></shoal-plugins>`;
      case 'health': return html`<shoal-health></shoal-health>`;
      case 'log': return html`<shoal-log></shoal-log>`;
      case 'style': return html`<shoal-style></shoal-style>`;
      case 'plugin': return this.pluginPage(rest[0]);
      default: return this.nowhere();
    }
  }

  pluginPage(id) {
    const one = contributed('page').find(page => page.id === id);
    return one ? html`<header class="page-head"><h1 tabindex="-1"><bdi>${one.title}</bdi></h1></header><shoal-contributed .contribution=${one}></shoal-contributed>` : this.nowhere(t('plugin.gone'));
  }

  nowhere(text = t('nowhere.text')) {
    return html`<div class="empty">${icon('search')}<h1 tabindex="-1">${t('nowhere.title')}</h1><p>${text}</p><a class="button" href="#/transfers">${t('nav.transfers')}</a></div>`;
  }
}
customElements.define('shoal-console', Console);
