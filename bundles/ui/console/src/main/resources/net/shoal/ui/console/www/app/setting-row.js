import {html, nothing} from 'lit';
import {Part} from './part.js';
import {t} from './i18n.js';
import {SettingsNow} from './settings-model.js';

/** One setting of the node, with what it is for; takes effect at once, or says why not. Tells of a change by the event `settings`. */
class SettingRow extends Part {
  static properties = {setting: {attribute: false}, trouble: {state: true}, saved: {state: true}};

  async save(value) {
    try {
      const now = await SettingsNow.change({[this.setting.key]: value});
      this.trouble = null;
      this.saved = true;
      setTimeout(() => (this.saved = false), 2500);
      this.dispatchEvent(new CustomEvent('settings', {detail: now, bubbles: true}));
    } catch (e) {
      this.trouble = e;
    }
  }

  control(id) {
    const {type, value, options, list, secret} = this.setting;
    const invalid = this.trouble ? 'true' : nothing;
    if (type === 'truth') return html`<label class="toggle"><input id=${id} type="checkbox" role="switch" .checked=${value === 'true'} @change=${event => this.save(String(event.target.checked))} /><span>${value === 'true' ? t('on') : t('off')}</span></label>`;
    if (options.length && !list) return html`<select class="select" id=${id} @change=${event => this.save(event.target.value)}>${options.map(one => html`<option value=${one} ?selected=${one === value}>${one}</option>`)}</select>`;
    const number = (type === 'number' || type === 'decimal') && !list;
    return html`<input class="input" id=${id} aria-invalid=${invalid} aria-describedby=${`${id}-help`} autocomplete=${type === 'secret' ? 'new-password' : 'off'} spellcheck="false" dir="auto" inputmode=${number ? 'decimal' : nothing}
      type=${type === 'secret' ? 'password' : 'text'} .value=${value} placeholder=${this.setting.default || (list ? t('setting.list') : '')} @change=${event => this.save(event.target.value)} />`;
  }

  render() {
    const {setting} = this;
    const id = `setting-${setting.key.replace(/[^\w]/g, '-')}`;
    return html`<div class="setting"><div><label class="name" for=${id}>${humanised(setting.name)}${setting.origin === 'default' ? nothing : html`<span class="badge accent">${t(`setting.origin.${setting.origin}`)}</span>`}</label>
        <p class="small soft wrap" id=${`${id}-help`}>${setting.description}</p><p class="small soft mono wrap" dir="ltr">${setting.key}</p></div>
      <div class="field">${this.control(id)}
        ${this.trouble ? html`<p class="error-text" role="alert">${[this.trouble.message, this.trouble.hint].filter(Boolean).join(' ')}</p>` : nothing}
        <p class="from"><span role="status">${this.saved ? t('saved') : setting.default ? t('setting.default', {value: setting.default}) : nothing}</span>
        ${setting.origin === 'file' ? html`<button class="button plain small" @click=${() => this.save(null)}>${t('setting.reset')}</button>` : nothing}</p></div></div>`;
  }
}
customElements.define('shoal-setting', SettingRow);

/** maxActiveSeeds -> Max active seeds */
function humanised(name) {
  const words = name.replace(/([a-z])([A-Z])/g, (all, a, b) => `${a} ${b.toLowerCase()}`).replace(/[._-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
