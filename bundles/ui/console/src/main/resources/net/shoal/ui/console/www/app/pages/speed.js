import {html, nothing} from 'lit';
import '../rate-field.js';
import {legend} from '../drawings.js';
import {Asking, head, vars} from '../part.js';
import {get} from '../api.js';
import {store} from '../store.js';
import {t, language, rate} from '../i18n.js';
import {attempt, toast} from '../overlays.js';
import {SettingsNow, bytesOf} from '../settings-model.js';

const ENGINE = 'net.shoal.engine:';
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY = 1440;

const minutes = text => {
  const [hour, minute] = text.split(':').map(Number);
  return hour * 60 + minute;
};
// 2024-01-01 was a Monday
const dayName = index => new Intl.DateTimeFormat(language, {weekday: 'short', timeZone: 'UTC'}).format(Date.UTC(2024, 0, 1 + index));

/** How much of the line the node may use, by day and by night, and how much at once. */
class Speed extends Asking {
  static live = true;

  ask() {
    return get('settings').then(all => new SettingsNow(all));
  }

  frame() {
    return head(t('nav.speed'), t('speed.text'));
  }

  async set(values) {
    const named = Object.fromEntries(Object.entries(values).map(([name, value]) => [ENGINE + name, value === null ? null : String(value)]));
    const now = await attempt(() => SettingsNow.change(named));
    if (now) {
      this.answer = now;
      toast(t('saved'), {seconds: 2});
    } else this.reload();
  }

  rate(settings, name, label, hint) {
    return settings.has(ENGINE + name) ? html`<shoal-rate label=${label} hint=${hint ?? ''} .value=${bytesOf(settings.value(ENGINE + name))} @limit=${event => this.set({[name]: event.detail})}></shoal-rate>` : nothing;
  }

  number(settings, name, attributes = {}) {
    const key = ENGINE + name;
    if (!settings.has(key)) return nothing;
    return html`<label class="field"><span class="label">${t(`speed.${name}`)}</span><input class="input" type="number" min="0" step=${attributes.step ?? '1'} .value=${settings.value(key)}
      @change=${event => this.set({[name]: event.target.value === '' ? null : event.target.value})} /><span class="hint">${t(`speed.${name}.hint`)}</span></label>`;
  }

  show(settings) {
    const {down = 0, up = 0} = store.totals ?? {};
    return html`${this.frame()}<div class="two"><div class="stack">
      <section class="card stack" aria-labelledby="s-day"><h2 id="s-day">${t('speed.day')}</h2><div class="pair">
        ${this.rate(settings, 'downLimit', t('limit.down'))}${this.rate(settings, 'upLimit', t('limit.up'))}</div></section>
      ${settings.has(`${ENGINE}nightFrom`) ? this.night(settings) : nothing}
      <section class="card stack" aria-labelledby="s-queue"><h2 id="s-queue">${t('speed.queue')}</h2><div class="pair">${this.number(settings, 'maxActiveDownloads')}${this.number(settings, 'maxActiveSeeds')}</div></section>
      <section class="card stack" aria-labelledby="s-giving"><h2 id="s-giving">${t('option.giving')}</h2><div class="pair">${this.number(settings, 'seedRatio', {step: '0.1'})}${this.number(settings, 'seedIdle')}</div></section></div>
      <section class="card stack tight" aria-labelledby="s-now"><header class="line apart"><h2 id="s-now">${t('speed.now')}</h2>${legend(down, up)}</header>
        <shoal-graph .samples=${store.rates} .stamp=${store.rates.at(-1)?.at} .tall=${200} label=${t('graph.label', {down: rate(down), up: rate(up)})}></shoal-graph><p class="small soft">${t('graph.span')}</p></section></div>`;
  }

  night(settings) {
    const [from, to] = [settings.value(`${ENGINE}nightFrom`), settings.value(`${ENGINE}nightTo`)];
    const on = Boolean(from && to);
    return html`<section class="card night" aria-labelledby="s-night"><h2 id="s-night">${t('speed.night')}</h2>
      <label class="toggle"><input type="checkbox" role="switch" .checked=${on} @change=${event => this.set(event.target.checked ? {nightFrom: '23:00', nightTo: '07:00'} : {nightFrom: null, nightTo: null})} />
        <span>${t('speed.night.on')}<small>${t('speed.night.hint')}</small></span></label>
      ${on ? html`${this.hours(minutes(from), minutes(to))}
        <div class="pair"><label class="field"><span class="label">${t('speed.from')}</span><input class="input" type="time" required .value=${from} @change=${event => event.target.value && this.set({nightFrom: event.target.value})} /></label>
        <label class="field"><span class="label">${t('speed.to')}</span><input class="input" type="time" required .value=${to} @change=${event => event.target.value && this.set({nightTo: event.target.value})} /></label></div>
        ${this.days(settings)}
        <div class="pair">${this.rate(settings, 'nightDownLimit', t('limit.down'))}${this.rate(settings, 'nightUpLimit', t('limit.up'))}</div>` : nothing}</section>`;
  }

  hours(from, to) {
    const now = new Date().getHours() * 60 + new Date().getMinutes();
    const spans = from === to ? [[0, DAY]] : from < to ? [[from, to]] : [[from, DAY], [0, to]];
    return html`<div aria-hidden="true"><div class="hours">${spans.map(([a, b]) => html`<i ${vars({'--from': a / DAY, '--length': (b - a) / DAY})}></i>`)}<b ${vars({'--at': now / DAY})}></b></div>
      <div class="hour-marks">${['00', '06', '12', '18', '24'].map(hour => html`<span>${hour}</span>`)}</div></div>`;
  }

  days(settings) {
    const key = `${ENGINE}nightDays`;
    if (!settings.has(key)) return nothing;
    const given = settings.value(key).split(',').map(one => one.trim().toLowerCase()).filter(Boolean);
    const chosen = given.length ? new Set(given) : new Set(DAYS);
    const flip = one => {
      const next = DAYS.filter(name => (name === one ? !chosen.has(name) : chosen.has(name)));
      this.set({nightDays: next.length && next.length < DAYS.length ? next.join(', ') : null});
    };
    return html`<fieldset class="chooser"><legend class="label">${t('speed.days')}</legend><div class="days">${DAYS.map((one, index) => html`<label><input type="checkbox" .checked=${chosen.has(one)} @change=${() => flip(one)} /><span>${dayName(index)}</span></label>`)}</div></fieldset>`;
  }
}
customElements.define('shoal-speed', Speed);
