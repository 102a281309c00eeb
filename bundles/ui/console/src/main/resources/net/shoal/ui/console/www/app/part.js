import {LitElement, html, nothing} from 'lit';
import {Directive, PartType, directive} from 'lit/directive.js';
import {store} from './store.js';
import {Refused} from './api.js';
import {icon} from './icons.js';
import {t} from './i18n.js';

/** A part of the page: drawn in the document itself, so that one style sheet dresses all. */
export class Part extends LitElement {
  /** true to be drawn again whenever the store changes */
  static live = false;
  #off;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.constructor.live) this.#off = store.on(() => this.storeChanged());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#off?.();
  }

  storeChanged() {
    this.requestUpdate();
  }
}

/** Custom properties of an element, by the object model: the policy of the page lets no style attribute through. */
export const vars = directive(
  class extends Directive {
    constructor(info) {
      super(info);
      if (info.type !== PartType.ELEMENT) throw new Error('vars() stands in a tag');
    }

    render() {
      return nothing;
    }

    update({element}, [values]) {
      for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value);
      return nothing;
    }
  },
);

/** A bar of progress; `part` of 1, or undefined while nobody knows. */
export function bar(part, label, kind = '') {
  const known = part !== undefined && part !== null;
  return html`<div class="bar ${known ? kind : 'unknown'}" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax="100"
    aria-valuenow=${known ? Math.floor(part * 100) : nothing}><i ${vars({'--part': known ? part : 0.3})}></i></div>`;
}

/** What a thing is, as an icon on a tile in the colour of its kind, with a small sign for how it stands. */
export const tile = (kind, sign) => html`<span class="tile kind-${kind}" aria-hidden="true">${icon(kind)}${sign ? html`<i class="sign sign-${sign}">${icon(sign)}</i>` : nothing}</span>`;

/** What went wrong, and what to do. */
export const troubleNote = error => html`<div class="note bad" role="alert">${icon('warn')}<div>
  <p>${error.message}</p>${error.hint ? html`<p class="small soft">${error.hint}</p>` : nothing}</div></div>`;

export const waiting = label => html`<p class="line soft" role="status"><span class="spinner"></span>${label ?? t('waiting')}</p>`;

export const empty = ({name, title, text, actions}) => html`<div class="empty">${icon(name)}<h2>${title}</h2><p>${text}</p>
  ${actions ? html`<div class="line">${actions}</div>` : nothing}</div>`;

/** A part that shows what a request answered: waiting, the answer, or what went wrong. */
export class Asking extends Part {
  static properties = {answer: {state: true}, trouble: {state: true}};

  connectedCallback() {
    super.connectedCallback();
    this.reload();
  }

  /** The request; gives a promise. */
  ask() {
    throw new Error(`${this.localName} does not say what it asks the node for`);
  }

  async reload() {
    try {
      this.answer = await this.ask();
      this.trouble = null;
    } catch (e) {
      if (e.name === 'AbortError') return;
      this.trouble = e instanceof Refused ? e : new Refused(0, {message: String(e.message ?? e)});
    }
  }

  render() {
    if (this.answer) return html`${this.trouble ? troubleNote(this.trouble) : nothing}${this.show(this.answer)}`;
    return html`${this.frame?.() ?? nothing}${this.trouble ? this.failed() : waiting()}`;
  }

  failed() {
    return html`${troubleNote(this.trouble)}
      <p><button class="button" @click=${() => this.reload()}>${icon('refresh')}${t('again')}</button></p>`;
  }
}

/** The head of a page. */
export const head = (title, text, actions) => html`<header class="page-head"><div class="grow"><h1 tabindex="-1">${title}</h1>
  ${text ? html`<p class="soft">${text}</p>` : nothing}</div>${actions ? html`<div class="line">${actions}</div>` : nothing}</header>`;
