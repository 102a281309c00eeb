import {html, nothing} from 'lit';
import {Part} from './part.js';
import {t} from './i18n.js';

const UNITS = {KB: 1000, MB: 1_000_000};

/** A limit of bytes a second; 0 is none. Tells of a change by the event `limit` with its `value`. */
class Rate extends Part {
  static properties = {value: {type: Number}, label: {}, hint: {}, unit: {state: true}};

  willUpdate(changed) {
    if (changed.has('value') && (!this.unit || this.value)) this.unit = this.value && this.value < UNITS.MB ? 'KB' : (this.value ? 'MB' : (this.unit ?? 'MB'));
  }

  #tell(number, unit) {
    const value = Math.round(Math.max(0, Number(number) || 0) * UNITS[unit]);
    if (value === this.value) return;
    this.value = value;
    this.unit = unit;
    this.dispatchEvent(new CustomEvent('limit', {detail: value, bubbles: true}));
  }

  render() {
    const shown = this.value ? Number((this.value / UNITS[this.unit]).toFixed(3)) : '';
    return html`<div class="field"><label class="label" for=${this.#id}>${this.label}</label><div class="input-line">
      <input class="input" id=${this.#id} type="number" min="0" step="any" inputmode="decimal" placeholder=${t('limit.none')} .value=${String(shown)} @change=${event => this.#tell(event.target.value, this.unit)} />
      <select class="select" aria-label=${t('unit')} .value=${this.unit} @change=${event => {
        this.unit = event.target.value;
        this.#tell(this.querySelector('input').value, event.target.value);
      }}>${Object.keys(UNITS).map(unit => html`<option value=${unit} ?selected=${unit === this.unit}>${t(`unit.${unit}`)}</option>`)}</select></div>
      ${this.hint ? html`<span class="hint">${this.hint}</span>` : nothing}</div>`;
  }

  #id = `rate-${Math.random().toString(36).slice(2)}`;
}
customElements.define('shoal-rate', Rate);
