import {html, nothing} from 'lit';
import {Asking, empty, head} from '../part.js';
import {get} from '../api.js';
import {icon} from '../icons.js';
import {t, clockExactly, moment} from '../i18n.js';
import {copy} from '../overlays.js';

const EVERY_MS = 3000;
const SHOWN = 300;

/** The end of the log, the latest first. */
class Log extends Asking {
  static properties = {level: {state: true}, query: {state: true}};

  constructor() {
    super();
    this.level = 'info';
    this.query = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.timer = setInterval(() => document.hidden || this.reload(), EVERY_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  ask() {
    return get('logs', {level: this.level, limit: 500});
  }

  frame() {
    return head(t('nav.log'), t('log.text'));
  }

  show({file, entries}) {
    const query = this.query.toLocaleLowerCase();
    const shown = entries.filter(entry => !query || `${entry.logger} ${entry.message}`.toLocaleLowerCase().includes(query)).reverse();
    return html`${head(t('nav.log'), t('log.text'), html`<button class="button" @click=${() => copy(entries.map(entry => `${new Date(entry.at).toISOString()} ${entry.level} ${entry.logger} ${entry.message}`).join('\n'))}>${icon('copy')}${t('copy')}</button>`)}
      <div class="tools"><div class="choice" role="group" aria-label=${t('log.level')}>${['debug', 'info', 'warn', 'error'].map(level => html`<button aria-pressed=${this.level === level} @click=${() => ((this.level = level), this.reload())}>${t(`log.level.${level}`)}</button>`)}</div>
        <label class="search tools-end">${icon('search')}<input class="input" type="search" aria-label=${t('search')} placeholder=${t('search')} .value=${this.query} @input=${event => (this.query = event.target.value)} /></label></div>
      ${shown.length ? html`<div class="card flush log" tabindex="0" role="region" aria-label=${t('nav.log')}>${shown.slice(0, SHOWN).map(entry => html`<div class="line-row ${entry.level}"><time class="soft" title=${moment(entry.at)}>${clockExactly(entry.at)}</time><span class="level">${entry.level}</span><span class="msg"><bdi>${entry.message}</bdi></span></div>`)}</div>`
        : empty({name: 'log', title: t('log.none'), text: t('log.none.text')})}
      <p class="small soft mono wrap" dir="ltr">${file}</p>`;
  }
}
customElements.define('shoal-log', Log);
