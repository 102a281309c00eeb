import {html, nothing} from 'lit';
import '../rate-field.js';
import {Part} from '../part.js';
import {icon} from '../icons.js';
import {t, count} from '../i18n.js';
import {alter, moveTo, rename} from '../actions.js';
import {toast} from '../overlays.js';

const MINUTE = 60;

/** What somebody may make of one transfer. Each takes effect at once. */
class TransferOptions extends Part {
  static properties = {options: {attribute: false}, transfer: {attribute: false}};

  async set(change) {
    if (await alter([this.transfer], change)) toast(t('saved'), {seconds: 2});
    this.dispatchEvent(new Event('changed'));
  }

  toggle(member, name) {
    return html`<label class="toggle"><input type="checkbox" role="switch" .checked=${this.options[member]} @change=${event => this.set({[member]: event.target.checked})} />
      <span>${t(`option.${name}`)}<small>${t(`option.${name}.hint`)}</small></span></label>`;
  }

  /** A number, never, or as the node has it. */
  until(member, factor) {
    const value = this.options[member];
    const kind = value === null ? 'node' : value === 'never' ? 'never' : 'own';
    const start = member === 'ratioLimit' ? 2 : MINUTE * 60;
    return html`<div class="field"><label class="label" for=${member}>${t(`option.${member}`)}</label><div class="input-line">
      <select class="select" id=${member} @change=${event => this.set({[member]: {node: null, never: 'never', own: start}[event.target.value]})}>
        ${['node', 'never', 'own'].map(one => html`<option value=${one} ?selected=${one === kind}>${t(`until.${one}`)}</option>`)}</select>
      ${kind === 'own' ? html`<input class="input" type="number" min="0" step="any" aria-label=${t(`option.${member}`)} .value=${String(value / factor)} @change=${event => this.set({[member]: factor === 1 ? Number(event.target.value) : Math.round(Number(event.target.value) * factor)})} />` : nothing}</div>
      <span class="hint">${t(`option.${member}.hint`)}</span></div>`;
  }

  render() {
    const {options, transfer} = this;
    return html`<div class="form">
      <section class="card stack"><h2>${t('speed')}</h2><div class="pair">
        <shoal-rate label=${t('limit.down')} .value=${options.downLimit} @limit=${event => this.set({downLimit: event.detail})}></shoal-rate>
        <shoal-rate label=${t('limit.up')} .value=${options.upLimit} @limit=${event => this.set({upLimit: event.detail})}></shoal-rate></div></section>
      <section class="card stack"><h2>${t('option.order')}</h2>
        ${this.toggle('sequential', 'sequential')}${this.toggle('firstLast', 'first-last')}${this.toggle('forced', 'forced')}
        <div class="line apart"><span>${t('option.queue', {place: count(options.queue)})}</span><span class="choice">${['top', 'up', 'down', 'bottom'].map(place => html`<button @click=${() => this.set({queue: place})}>${t(`queue.${place}`)}</button>`)}</span></div></section>
      <section class="card stack"><h2>${t('option.giving')}</h2><div class="pair">${this.until('ratioLimit', 1)}${this.until('idleLimit', MINUTE)}</div>${this.toggle('superSeeding', 'super')}</section>
      <section class="card stack"><h2>${t('option.limits')}</h2><label class="field"><span class="label">${t('option.maxPeers')}</span><input class="input" type="number" min="0" .value=${String(options.maxPeers || '')} placeholder=${t('until.node')}
        @change=${event => this.set({maxPeers: Math.round(Number(event.target.value) || 0)})} /></label></section>
      <section class="card stack"><h2>${t('option.files')}</h2><p class="wrap soft" dir="ltr">${transfer.path}</p><div class="line">
        <button class="button" @click=${() => moveTo([transfer])}>${icon('folder')}${t('menu.move')}</button>
        ${transfer.share ? nothing : html`<button class="button" @click=${() => rename(transfer)}>${icon('edit')}${t('menu.rename')}</button>`}
        <button class="button" @click=${() => this.set({recheck: true})}>${icon('check')}${t('menu.recheck')}</button></div></section></div>`;
  }
}
customElements.define('shoal-transfer-options', TransferOptions);
