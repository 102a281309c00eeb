import {html, nothing} from 'lit';
import {Dialog} from '../overlays.js';
import {get, patch, keepUrl} from '../api.js';
import {icon} from '../icons.js';
import {t, percent} from '../i18n.js';
import {bar} from '../part.js';
import {lastName} from '../tree.js';

/** Shows a picture, or plays audio and video, also while they arrive: then their pieces are fetched in order from now on. */
export class MediaDialog extends Dialog {
  static properties = {done: {state: true}, broken: {state: true}};

  constructor() {
    super();
    this.wide = true;
  }

  connectedCallback() {
    super.connectedCallback();
    this.done = this.file.done;
    if (this.whole) return;
    if (!this.options?.sequential) patch(`transfers/${this.transfer.id}`, {sequential: true, firstLast: true, priorities: {[this.file.index]: 'high'}}).catch(() => {});
    this.timer = setInterval(() => this.follow(), 2000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  get whole() {
    return this.done >= this.file.size;
  }

  async follow() {
    const details = await get(`transfers/${this.transfer.id}`, {parts: 'files'}).catch(() => null);
    const file = details?.files.find(one => one.index === this.file.index);
    if (file) this.done = file.done;
    if (this.whole) clearInterval(this.timer);
  }

  heading() {
    return html`<bdi>${lastName(this.file.path)}</bdi>`;
  }

  body() {
    const {file} = this;
    const failed = () => (this.broken = true);
    return html`<div class="stack tight">
      ${file.media === 'image' ? html`<img class="media picture" src=${file.content} alt=${lastName(file.path)} @error=${failed} />`
        : file.media === 'audio' ? html`<audio class="media" controls autoplay src=${file.content} @error=${failed}></audio>`
        : html`<video class="media" controls autoplay playsinline src=${file.content} @error=${failed}></video>`}
      ${this.broken ? html`<p class="note warn" role="alert">${icon('warn')}<span>${this.whole ? t('media.broken') : t('media.later')}</span></p>` : nothing}
      ${this.whole ? nothing : html`${bar(this.done / file.size, t('progress'))}<p class="small soft" role="status">${t('media.arriving', {part: percent(this.done / file.size)})}</p>`}</div>`;
  }

  footer() {
    return this.whole ? html`<a class="button" href=${keepUrl(this.file)} download>${icon('device')}${t('file.keep.tip')}</a>` : nothing;
  }
}
customElements.define('shoal-media-dialog', MediaDialog);
