import {html, nothing} from 'lit';
import {Dialog, copy} from '../overlays.js';
import {get, qrUrl} from '../api.js';
import {icon} from '../icons.js';
import {t} from '../i18n.js';
import {troubleNote, waiting} from '../part.js';

/** A link and its code, to give to others. */
export function linkPanel(link, name) {
  return html`<div class="give"><img class="qr" src=${qrUrl(link)} width="176" height="176" alt=${t('link.qr')} />
    <div class="stack tight grow"><label class="field"><span class="label">${t('link.label')}</span>
      <input class="input mono" readonly dir="ltr" .value=${link} @focus=${event => event.target.select()} /></label>
      <div class="line"><button class="button primary" autofocus @click=${() => copy(link)}>${icon('copy')}${t('link.copy')}</button>
        ${navigator.share ? html`<button class="button" @click=${() => navigator.share({title: name, text: link}).catch(() => {})}>${icon('share')}${t('link.share')}</button>` : nothing}
        <a class="button" href=${`mailto:?subject=${encodeURIComponent(name)}&body=${encodeURIComponent(link)}`}>${t('link.mail')}</a></div>
      <p class="small soft">${t('link.explain')}</p></div></div>`;
}

export class LinkDialog extends Dialog {
  static properties = {link: {state: true}, trouble: {state: true}};

  connectedCallback() {
    super.connectedCallback();
    if (!this.link) get(`transfers/${this.transferId}`, {parts: 'none'}).then(details => (this.link = details.link), e => (this.trouble = e));
  }

  heading() {
    return html`<bdi>${this.name}</bdi>`;
  }

  body() {
    if (this.trouble) return troubleNote(this.trouble);
    return this.link ? linkPanel(this.link, this.name) : waiting();
  }
}
customElements.define('shoal-link-dialog', LinkDialog);
