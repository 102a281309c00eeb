import {html, nothing} from 'lit';
import '../access.js';
import '../setting-row.js';
import {Asking, empty, head} from '../part.js';
import {get} from '../api.js';
import {icon} from '../icons.js';
import {t, choose, languages} from '../i18n.js';
import {SettingsNow} from '../settings-model.js';
import {applyTheme, notifying, setNotifying, setSingleKeys, theme} from '../preferences.js';
import {singleKeys} from '../keys.js';
import {toast} from '../overlays.js';

/** How this browser shows things, and every setting of the node. */
class Settings extends Asking {
  static properties = {query: {}, changedOnly: {state: true}};

  constructor() {
    super();
    this.query = '';
  }

  ask() {
    return get('settings').then(all => new SettingsNow(all));
  }

  frame() {
    return html`${head(t('nav.settings'), t('settings.text'))}${this.browser()}`;
  }

  browser() {
    return html`<section class="card stack" aria-labelledby="s-browser"><h2 id="s-browser">${t('browser.title')}</h2><div class="pair">
        <div class="field"><span class="label" id="l-theme">${t('browser.theme')}</span><div class="choice start" role="group" aria-labelledby="l-theme">${['system', 'light', 'dark'].map(one => html`<button aria-pressed=${theme() === one} @click=${() => (applyTheme(one), this.requestUpdate())}>${one === 'light' ? icon('sun') : one === 'dark' ? icon('moon') : nothing}${t(`theme.${one}`)}</button>`)}</div></div>
        <label class="field"><span class="label">${t('browser.language')}</span><select class="select start" @change=${event => choose(event.target.value)}><option value="">${t('theme.system')}</option>${Object.entries(languages()).map(([tag, name]) => html`<option value=${tag} lang=${tag} ?selected=${localStorage.getItem('shoal.language') === tag}>${name}</option>`)}</select></label></div>
      ${globalThis.Notification ? html`<label class="toggle"><input type="checkbox" role="switch" .checked=${notifying()} @change=${async event => {
        const wanted = event.target.checked;
        const on = await setNotifying(wanted);
        event.target.checked = on;
        if (wanted && !on) toast(t('browser.notify.refused'), {bad: true});
      }} /><span>${t('browser.notify')}<small>${t('browser.notify.hint')}</small></span></label>` : nothing}
      <label class="toggle"><input type="checkbox" role="switch" .checked=${singleKeys()} @change=${event => setSingleKeys(event.target.checked)} /><span>${t('keys.single')}<small>${t('keys.single.hint')}</small></span></label>
      <p><a class="line" href="#/style">${icon('palette')}${t('nav.style')}</a></p></section><shoal-access></shoal-access>`;
  }

  show(now) {
    const query = this.query.trim().toLocaleLowerCase();
    const shown = now.all.filter(setting => (!this.changedOnly || setting.origin !== 'default') && (!query || `${setting.key} ${setting.component} ${setting.description}`.toLocaleLowerCase().includes(query)));
    const groups = new Map();
    for (const setting of shown) groups.set(setting.component, [...(groups.get(setting.component) ?? []), setting]);
    return html`${this.frame()}
      <section class="stack" aria-labelledby="s-node" @settings=${event => (this.answer = event.detail)}><h2 id="s-node" class="aside">${t('settings.node')}</h2>
      <div class="sticky-tools tools"><label class="search grow">${icon('search')}<input class="input" type="search" aria-label=${t('settings.search')} placeholder=${t('settings.search')} .value=${this.query} @input=${event => (this.query = event.target.value)} /></label>
        <label class="check"><input type="checkbox" .checked=${this.changedOnly ?? false} @change=${event => (this.changedOnly = event.target.checked)} /><span>${t('settings.changed')}</span></label></div>
      ${now.problems.map(problem => html`<p class="note warn">${icon('warn')}<span>${problem.message}</span></p>`)}
      ${groups.size ? [...groups].map(([component, settings]) => html`<section class="stack tight"><h3 class="quiet-heading">${component}</h3><div class="card flush">${settings.map(setting => html`<shoal-setting .setting=${setting}></shoal-setting>`)}</div></section>`)
        : empty({name: 'search', title: t('settings.none'), text: t('settings.none.text')})}</section>`;
  }
}
customElements.define('shoal-settings', Settings);
