import {html, nothing} from 'lit';
import {Dialog} from '../overlays.js';
import {post} from '../api.js';
import {store} from '../store.js';
import {icon} from '../icons.js';
import {t, size, count, duration} from '../i18n.js';
import {bar, tile, troubleNote} from '../part.js';
import {fileIcon, kindOf} from '../words.js';
import {upload, forget} from '../actions-share.js';
import {linkPanel} from './link.js';

const SHOWN = 6;

/** From what was chosen to a link: what would move, its way to the node, its hashing, the link. */
export class SendDialog extends Dialog {
  static live = true;
  static properties = {step: {state: true}, sent: {state: true}, job: {state: true}, trouble: {state: true}, everyone: {state: true}};

  constructor() {
    super();
    this.step = 'ask';
    this.sent = 0;
    this.everyone = false;
    this.abort = new AbortController();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.step === 'sending') this.abort.abort();
  }

  get total() {
    return this.files?.reduce((sum, {file}) => sum + file.size, 0) ?? 0;
  }

  get now() {
    return store.preparing.find(one => one.job === this.job?.job) ?? this.job;
  }

  async begin() {
    this.trouble = null;
    const options = {visibility: this.everyone ? 'public' : 'link'};
    try {
      if (this.path) this.job = await post('shares', {path: this.path, ...options});
      else {
        this.step = 'sending';
        this.started = Date.now();
        this.job = await upload({...this, options}, sent => (this.sent = sent), this.abort.signal);
      }
      this.step = 'hashing';
    } catch (e) {
      this.step = 'ask';
      if (e.name !== 'AbortError') this.trouble = e;
    }
  }

  willUpdate() {
    if (this.step !== 'hashing') return;
    if (this.now.state === 'shared') {
      this.job = this.now;
      this.step = 'done';
    } else if (this.now.state === 'failed') {
      this.trouble = this.now.error?.error;
      this.step = 'ask';
    }
  }

  heading() {
    return this.step === 'done' ? t('send.done') : this.step === 'ask' ? t('send.title') : t('send.working');
  }

  body() {
    switch (this.step) {
      case 'ask': return this.asked();
      case 'sending': return html`<div class="stack">${this.what()}${bar(this.total ? this.sent / this.total : 1, t('send.uploading'))}
        <p class="small soft number" role="status">${t('send.sent', {done: size(this.sent), total: size(this.total)})}${this.left()}</p></div>`;
      case 'hashing': return html`<div class="stack">${this.what()}${bar(this.now.total ? this.now.hashed / this.now.total : undefined, t('preparing'))}
        <p class="small soft">${t('send.hashing')}</p></div>`;
      default: return html`<div class="stack">${linkPanel(this.job.link, this.job.name)}</div>`;
    }
  }

  left() {
    const seconds = (Date.now() - this.started) / 1000;
    return seconds > 3 && this.sent && this.sent < this.total ? ` · ${t('left', {time: duration((seconds * (this.total - this.sent)) / this.sent)})}` : nothing;
  }

  what() {
    const label = this.path ?? this.name;
    return html`<div class="what">${tile(this.folder ? 'folder' : kindOf(label))}<div class="grow">
      <p class="wrap"><strong><bdi>${label.split(/[\\/]/).pop() || label}</bdi></strong></p>
      <p class="small soft wrap">${this.path ?? (this.folder ? t('files.size', {n: this.files.length, size: size(this.total)}) : size(this.total))}</p></div></div>`;
  }

  asked() {
    return html`<div class="stack">${this.what()}
      ${this.folder ? html`<ul class="small soft peek">${this.files.slice(0, SHOWN).map(({path, file}) => html`<li class="line still">${icon(fileIcon(path))}<span class="clip grow"><bdi>${path}</bdi></span><span class="number">${size(file.size)}</span></li>`)}
        ${this.files.length > SHOWN ? html`<li>${t('and.more', {n: this.files.length - SHOWN})}</li>` : nothing}</ul>` : nothing}
      ${this.trouble ? troubleNote(this.trouble) : nothing}
      <p>${this.path ? t('send.explain.node') : t('send.explain.copy')}</p>
      <details class="more"><summary>${t('send.who')}</summary>
        <label class="toggle"><input type="checkbox" role="switch" .checked=${this.everyone} @change=${event => (this.everyone = event.target.checked)} />
          <span>${t('send.public')}<small>${this.everyone ? t('send.public.on') : t('send.public.off')}</small></span></label></details></div>`;
  }

  footer() {
    switch (this.step) {
      case 'ask': return html`<button class="button" @click=${() => this.finish()}>${t('cancel')}</button>
        <button class="button primary" autofocus ?disabled=${!this.path && !this.files.length} @click=${() => this.begin()}>${icon('link')}${t('send.make')}</button>`;
      case 'sending': return html`<button class="button" @click=${() => this.abort.abort()}>${t('cancel')}</button>`;
      case 'hashing': return html`<button class="button" @click=${() => (forget(this.now), this.finish())}>${t('cancel')}</button>
        <button class="button" @click=${() => this.finish()}>${t('send.background')}</button>`;
      default: return html`<a class="button" href=${`#/transfer/${this.job.id}`} @click=${() => this.finish()}>${t('details')}</a><button class="button primary" @click=${() => this.finish()}>${t('done')}</button>`;
    }
  }
}
customElements.define('shoal-send-dialog', SendDialog);
