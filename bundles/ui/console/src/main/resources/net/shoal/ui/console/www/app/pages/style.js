import {html} from 'lit';
import '../drawings.js';
import '../rate-field.js';
import {Part, bar, empty, head, vars, waiting} from '../part.js';
import {anyIcon, icon, iconNames, mark} from '../icons.js';
import {t} from '../i18n.js';
import {confirm, openMenu, prompt, toast} from '../overlays.js';

const COLOURS = ['ground', 'surface', 'raised', 'sunken', 'line', 'line-strong', 'ink', 'ink-soft', 'accent', 'accent-soft', 'good', 'good-soft', 'warn', 'warn-soft', 'bad', 'bad-soft'];
const SPACES = [1, 2, 3, 4, 5, 6, 7];

const samples = () => Array.from({length: 120}, (_, i) => ({at: Date.now() - (120 - i) * 2500, down: 2e6 * (1.2 + Math.sin(i / 9)) + 4e5 * Math.sin(i), up: 4e5 * (1.1 + Math.cos(i / 14))}));

/** The visual language, shown by what it is made of. Makers of plugins read its source. */
class Style extends Part {
  sample(name, content) {
    return html`<section class="card stack"><div><h2>${t(`style.${name}`)}</h2><p class="soft">${t(`style.${name}.text`)}</p></div>${content}</section>`;
  }

  render() {
    return html`${head(t('nav.style'), t('style.text'))}<div class="stack">
      ${this.sample('voice', html`<div class="line">${mark()}<strong>Shoal</strong></div>`)}
      ${this.sample('colours', html`<div class="swatches">${COLOURS.map(name => html`<div><i ${vars({'--swatch': `var(--${name})`})}></i><span dir="ltr">--${name}</span></div>`)}</div>`)}
      ${this.sample('type', html`<div class="stack tight"><h1>${t('style.type.page')}</h1><h2>${t('style.type.card')}</h2><p class="lead">${t('style.type.lead')}</p><p>${t('style.type.body')}</p><p class="small soft">${t('style.type.small')}</p><p class="mono">${t('style.type.mono')}</p></div>`)}
      ${this.sample('space', html`<div class="stack tight">${SPACES.map(n => html`<div class="line still"><code dir="ltr">--s${n}</code><div class="bar" ${vars({width: `var(--s${n})`, background: 'var(--accent)'})}></div></div>`)}</div>`)}
      ${this.sample('buttons', this.buttons())}
      ${this.sample('fields', this.fields())}
      ${this.sample('telling', this.telling())}
      ${this.sample('progress', html`<div class="stack tight">${bar(0.4, '40 %')}${bar(1, '100 %', 'good')}${bar(0.6, '60 %', 'still')}${bar(0.3, '30 %', 'bad')}${bar(undefined, '?')}${waiting()}</div>`)}
      ${this.sample('drawings', html`<shoal-graph .samples=${samples()} label=${t('style.drawings.graph')}></shoal-graph><shoal-pieces .pieces=${{count: 900, runs: [0, 320, 60, 40, 200, 180, 100]}} .tall=${90} label=${t('style.drawings.pieces')}></shoal-pieces>`)}
      ${this.sample('tabs', html`<nav class="tabs" aria-label=${t('style.tabs.sample')}><a href="#/style" aria-current="page">${t('style.type.page')}</a><a href="#/style">${t('style.fields.other')}</a></nav><div class="drop">${t('style.tabs.drop')}</div>`)}
      ${this.sample('empty', empty({name: 'plugin', title: t('plugins.none.title'), text: t('plugins.none.text'), actions: html`<button class="button primary">${t('plugins.install')}</button>`}))}
      ${this.sample('icons', html`<div class="icons">${iconNames().map(name => html`<div>${anyIcon(name)}<span>${name}</span></div>`)}</div>`)}
    </div>`;
  }

  buttons() {
    return html`<div class="line"><button class="button primary">${icon('send')}${t('style.buttons.primary')}</button><button class="button">${t('style.buttons.usual')}</button><button class="button plain">${t('style.buttons.plain')}</button><button class="button danger">${t('style.buttons.danger')}</button><button class="button small">${t('style.buttons.small')}</button><button class="button" disabled>${t('style.buttons.off')}</button><button class="icon-button" aria-label=${t('nav.more')} data-tip=${t('nav.more')}>${icon('more')}</button></div>`;
  }

  fields() {
    return html`<div class="pair"><label class="field"><span class="label">${t('style.fields.name')}</span><input class="input" value=${t('style.fields.name.value')} /><span class="hint">${t('style.fields.name.hint')}</span></label>
        <label class="field"><span class="label">${t('style.fields.folder')}</span><input class="input" aria-invalid="true" value="/no/where" dir="ltr" /><span class="error">${t('style.fields.folder.error')}</span></label>
        <shoal-rate label=${t('style.fields.limit')} .value=${2_500_000}></shoal-rate><label class="field"><span class="label">${t('style.fields.choice')}</span><select class="select start"><option>${t('style.fields.one')}</option><option>${t('style.fields.other')}</option></select></label></div>
      <div class="line"><label class="check"><input type="checkbox" checked /><span>${t('style.fields.checked')}</span></label><label class="check"><input type="checkbox" .indeterminate=${true} /><span>${t('style.fields.some')}</span></label><label class="check"><input type="checkbox" /><span>${t('style.fields.not')}</span></label></div>
      <label class="toggle"><input type="checkbox" role="switch" checked /><span>${t('style.fields.toggle')}<small>${t('style.fields.toggle.text')}</small></span></label>
      <div class="choice start" role="group" aria-label=${t('style.fields.choice')}><button aria-pressed="true">${t('style.fields.all')} <span class="count">12</span></button><button aria-pressed="false">${t('style.fields.some')} <span class="count">3</span></button></div>`;
  }

  telling() {
    const name = t('style.fields.name.value');
    return html`<div class="note">${icon('info')}<div>${t('style.telling.note')}</div></div><div class="note good">${icon('check')}<div>${t('style.telling.good')}</div></div><div class="note warn">${icon('warn')}<div>${t('style.telling.warn')}</div></div><div class="note bad">${icon('warn')}<div>${t('style.telling.bad')}</div></div>
      <div class="line"><span class="badge">${t('plugins.state.waiting')}</span><span class="badge accent">${t('style.telling.new')}</span><span class="badge good">${t('plugins.state.running')}</span><span class="badge warn">${t('plugins.state.lacking')}</span><span class="badge bad">${t('plugins.state.failed')}</span></div>
      <div class="line"><button class="button" @click=${() => toast(t('style.telling.removed', {name}), {action: t('style.telling.undo'), run: () => {}})}>${t('style.telling.toast')}</button>
        <button class="button" @click=${() => confirm({title: t('style.telling.question.title', {name}), text: t('style.telling.question.text'), yes: t('style.telling.delete'), danger: true})}>${t('style.telling.question')}</button>
        <button class="button" @click=${() => prompt({title: t('style.telling.rename'), label: t('style.fields.name'), yes: t('style.telling.rename'), take: async () => {}})}>${t('style.telling.prompt')}</button>
        <button class="button" @click=${event => openMenu(event, [{label: t('style.telling.open'), icon: 'info', run: () => {}, keys: '↵'}, {label: t('pause'), icon: 'pause', run: () => {}}, null, {label: t('style.telling.delete'), icon: 'remove', danger: true, run: () => {}}])}>${t('style.telling.menu')}</button></div>`;
  }
}
customElements.define('shoal-style', Style);
