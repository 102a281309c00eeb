import {html, render, nothing} from 'lit';
import {Part} from './part.js';
import {icon} from './icons.js';
import {t} from './i18n.js';

let serial = 0;

/** A dialog: subclasses give heading(), body() and footer(). Opened by `open`, which promises what `finish` is given. */
export class Dialog extends Part {
  wide = false;
  #result;
  #done;
  #id = `dialog-${++serial}`;

  static open(values = {}) {
    const dialog = Object.assign(new this(), values);
    const back = document.activeElement;
    document.body.append(dialog);
    return new Promise(resolve => {
      dialog.#done = result => {
        dialog.remove();
        if (back?.isConnected) back.focus();
        resolve(result);
      };
    });
  }

  get sheet() {
    return this.querySelector('dialog');
  }

  firstUpdated() {
    this.sheet.showModal();
    (this.sheet.querySelector('[autofocus]') ?? this.sheet.querySelector('.content') ?? this.sheet).focus();
  }

  /** Closes it with a result; Escape closes it with none. */
  finish(result) {
    this.#result = result;
    this.sheet.close();
  }

  body() {
    return nothing;
  }

  footer() {
    return nothing;
  }

  render() {
    const footer = this.footer();
    return html`<dialog class="dialog ${this.wide ? 'wide' : ''}" aria-labelledby=${this.#id} @close=${() => this.#done(this.#result)}>
      <header><h2 id=${this.#id}>${this.heading()}</h2>
        <button class="icon-button" aria-label=${t('close')} @click=${() => this.finish()}>${icon('close')}</button></header>
      <div class="content" tabindex="-1">${this.body()}</div>
      ${footer === nothing ? nothing : html`<footer>${footer}</footer>`}
    </dialog>`;
  }
}

class Question extends Dialog {
  heading() {
    return this.title_;
  }

  body() {
    return html`<div class="stack">${this.text ? html`<p class="wrap">${this.text}</p>` : nothing}${this.more ?? nothing}</div>`;
  }

  footer() {
    return html`<button class="button" @click=${() => this.finish(false)}>${t('cancel')}</button>
      <button class="button ${this.danger ? 'danger' : 'primary'}" autofocus @click=${() => this.finish(true)}>${this.yes}</button>`;
  }
}
customElements.define('shoal-question', Question);

/** Asks whether to go on. */
export const confirm = ({title, text, yes, danger = false, more}) => Question.open({title_: title, text, yes, danger, more});

class Prompt extends Dialog {
  static properties = {trouble: {state: true}};

  heading() {
    return this.title_;
  }

  body() {
    return html`<form id="prompt" @submit=${this.#submit}><label class="field"><span class="label">${this.label}</span>
      ${this.lines
        ? html`<textarea class="area" name="value" autofocus .value=${this.value ?? ''}></textarea>`
        : html`<input class="input" name="value" autofocus required autocomplete="off" .value=${this.value ?? ''} />`}
      ${this.hint ? html`<span class="hint">${this.hint}</span>` : nothing}
      ${this.trouble ? html`<span class="error" role="alert">${this.trouble}</span>` : nothing}</label></form>`;
  }

  footer() {
    return html`<button class="button" @click=${() => this.finish()}>${t('cancel')}</button>
      <button class="button primary" form="prompt">${this.yes}</button>`;
  }

  #submit = async event => {
    event.preventDefault();
    const value = event.target.elements.value.value.trim();
    try {
      await this.take(value);
      this.finish(value);
    } catch (e) {
      this.trouble = [e.message, e.hint].filter(Boolean).join('. ');
    }
  };
}
customElements.define('shoal-prompt', Prompt);

/** Asks for a text; `take` carries it out and may refuse it by throwing. */
export const prompt = ({title, label, hint, value, yes, lines, take}) => Prompt.open({title_: title, label, hint, value, yes, lines, take});

/**
 * A menu beside an element or where the pointer is.
 * @param items {label, icon, run, keys, danger, disabled} or null for a line
 */
export function openMenu(at, items) {
  const anchor = at instanceof Event ? at.currentTarget : at;
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.popover = 'auto';
  menu.role = 'menu';
  const back = document.activeElement;
  const pick = item => {
    menu.hidePopover();
    item.run();
  };
  render(html`${items.map(item => item
      ? html`<button role="menuitem" class=${item.danger ? 'danger' : ''} ?disabled=${item.disabled} tabindex="-1" @click=${() => pick(item)}>
          ${item.icon ? icon(item.icon) : html`<span class="icon"></span>`}<span class="grow">${item.label}</span>${item.keys ? html`<kbd>${item.keys}</kbd>` : nothing}</button>`
      : html`<hr />`)}`, menu);
  (anchor.closest?.('dialog') ?? document.querySelector('main') ?? document.body).append(menu);
  menu.showPopover();
  place(menu, at instanceof MouseEvent && at.type === 'contextmenu' ? new DOMRect(at.clientX, at.clientY, 0, 0) : anchor.getBoundingClientRect());
  menu.querySelector('button:not(:disabled)')?.focus();
  menu.addEventListener('keydown', event => moveIn(menu, event));
  menu.addEventListener('toggle', event => {
    if (event.newState !== 'closed') return;
    if (back?.isConnected && (menu.contains(document.activeElement) || document.activeElement === document.body)) back.focus();
    menu.remove();
  });
}

function moveIn(menu, event) {
  const all = [...menu.querySelectorAll('button:not(:disabled)')];
  const now = all.indexOf(document.activeElement);
  const to = {ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1}[event.key];
  if (event.key === 'Tab') menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  all.at(to % all.length).focus();
}

function place(floating, beside) {
  const {width, height} = floating.getBoundingClientRect();
  const rtl = document.documentElement.dir === 'rtl';
  const gap = 4;
  const below = beside.bottom + gap + height <= innerHeight;
  const left = rtl ? beside.left : beside.right - width;
  const preferred = beside.width === 0 ? (rtl ? beside.left - width : beside.left) : left;
  floating.style.left = `${Math.max(8, Math.min(preferred, innerWidth - width - 8))}px`;
  floating.style.top = `${Math.max(8, below ? beside.bottom + gap : Math.min(beside.top - height - gap, innerHeight - height - 8))}px`;
}

let toasts;
function toastPlace() {
  if (!toasts) {
    toasts = document.createElement('div');
    toasts.className = 'toasts';
    toasts.popover = 'manual';
    toasts.setAttribute('role', 'status');
    toasts.setAttribute('aria-live', 'polite');
    document.body.append(toasts);
  }
  if (!toasts.matches(':popover-open')) toasts.showPopover();
  return toasts;
}

/** Says something in passing, with what can be done about it; stays while it is pointed at or holds the focus. */
export function toast(text, {action, run, seconds = 6, bad = false} = {}) {
  const line = document.createElement('div');
  line.className = 'toast';
  let timer;
  const gone = () => {
    clearTimeout(timer);
    line.remove();
    if (!toasts.childElementCount) toasts.hidePopover();
  };
  const wait = () => (timer = setTimeout(gone, seconds * 1000));
  const act = () => {
    gone();
    run();
  };
  render(html`${bad ? icon('warn') : nothing}<span>${text}</span>
    ${action ? html`<button @click=${act}>${action}</button>` : nothing}
    <button aria-label=${t('close')} @click=${gone}>${icon('close')}</button>`, line);
  for (const hold of ['pointerenter', 'focusin']) line.addEventListener(hold, () => clearTimeout(timer));
  for (const release of ['pointerleave', 'focusout']) line.addEventListener(release, () => (clearTimeout(timer), wait()));
  toastPlace().append(line);
  while (toasts.childElementCount > 4) toasts.firstElementChild.remove();
  wait();
}

export const complain = error => toast([error.message, error.hint].filter(Boolean).join(' – '), {bad: true, seconds: 10});

/** Carries something out and says so if it does not work. */
export async function attempt(work) {
  try {
    return await work();
  } catch (e) {
    if (e.name !== 'AbortError') complain(e);
    return undefined;
  }
}

/** To the clipboard, also where the page is not on a secure origin. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast(t('copied'), {seconds: 3});
}

let tip;
/** Tooltips for what has `data-tip`: for eyes only, its aria-label says the same. */
export function watchTips() {
  const show = event => {
    const over = event.target.closest?.('[data-tip]');
    tip?.remove();
    tip = null;
    if (!over || (event.type === 'focusin' && !over.matches(':focus-visible'))) return;
    tip = document.createElement('div');
    tip.className = 'tip';
    tip.popover = 'manual';
    tip.textContent = over.dataset.tip;
    (over.closest('dialog') ?? document.body).append(tip);
    tip.showPopover();
    const at = over.getBoundingClientRect();
    place(tip, new DOMRect(at.x + at.width / 2 + tip.offsetWidth / 2, at.y, 0.1, at.height));
  };
  for (const kind of ['pointerover', 'focusin']) document.addEventListener(kind, show);
  document.addEventListener('keydown', event => event.key === 'Escape' && (tip?.remove(), (tip = null)));
  document.addEventListener('click', () => (tip?.remove(), (tip = null)), true);
}
