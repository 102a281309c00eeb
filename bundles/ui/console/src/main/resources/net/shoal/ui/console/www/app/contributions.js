import {html} from 'lit';
import {Part} from './part.js';
import {store} from './store.js';
import {attempt} from './overlays.js';
import {icon} from './icons.js';
import {t} from './i18n.js';

/** What plugins add, of this kind, in their order. */
export const contributed = kind => store.contributions.filter(one => one.kind === kind).sort((a, b) => a.order - b.order || (a.title < b.title ? -1 : 1));

export const actionsOf = rows => contributed('action').map(one => ({label: one.title, icon: 'plugin', run: () => attempt(() => act(one, rows))}));

async function act(one, rows) {
  const module = await import(one.module);
  if (typeof module[one.element] !== 'function') throw new Error(t('plugin.failed', {bundle: one.bundle}));
  await module[one.element](rows.map(row => ({...row})), await import('./kit.js'));
}

/** The place of a plugin's element. Whatever fails in it fails here and says so, and nothing else is touched. */
class Contributed extends Part {
  static properties = {contribution: {attribute: false}, transfer: {attribute: false}, failed: {state: true}};
  #element;
  #loading;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('error', this.#onError);
    window.addEventListener('unhandledrejection', this.#onRejection);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('error', this.#onError);
    window.removeEventListener('unhandledrejection', this.#onRejection);
  }

  #onError = event => {
    if (event.filename && new URL(event.filename, location.href).pathname === this.contribution.module) this.#fail(event.error ?? event.message);
  };

  #onRejection = event => {
    if (String(event.reason?.stack ?? '').includes(this.contribution.module)) this.#fail(event.reason);
  };

  #fail(error) {
    console.warn(`${this.contribution.bundle}:`, error);
    this.#element?.remove();
    this.#element = null;
    this.failed = true;
  }

  willUpdate(changed) {
    if (changed.has('contribution') && this.#loading !== this.contribution.id) this.#load();
    if (this.#element && changed.has('transfer')) this.#element.transfer = {...this.transfer};
  }

  async #load() {
    const {id, module, element} = this.contribution;
    this.#loading = id;
    this.failed = false;
    this.#element?.remove();
    try {
      await import(module);
      const type = customElements.get(element);
      if (!type) throw new Error(`${module} defines no element ${element}`);
      const made = document.createElement(element);
      if (!(made instanceof type)) throw new Error(`${element} cannot be made`);
      if (this.#loading !== id) return;
      this.#element = made;
      if (this.transfer) made.transfer = {...this.transfer};
      this.querySelector('.place')?.append(made);
    } catch (e) {
      this.#fail(e);
    }
  }

  updated() {
    const place = this.querySelector('.place');
    if (this.#element && place && !this.#element.isConnected) place.append(this.#element);
  }

  render() {
    return html`<div class="place"></div>${this.failed
      ? html`<p class="note warn" role="status">${icon('plugin')}<span>${t('plugin.failed', {bundle: this.contribution.bundle})}</span></p>` : ''}`;
  }
}
customElements.define('shoal-contributed', Contributed);
