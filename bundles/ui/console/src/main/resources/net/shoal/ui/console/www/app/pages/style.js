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
  sample(title, text, content) {
    return html`<section class="card stack"><div><h2>${title}</h2><p class="soft">${text}</p></div>${content}</section>`;
  }

  render() {
    return html`${head(t('nav.style'), t('style.text'))}<div class="stack">
      ${this.sample('Voice', 'Say what happens and what to do, in words somebody’s aunt would use. “Arriving from 4 others”, not “leeching, 4 peers”. No blame, no exclamation marks. Technical words wait behind “Technical details”.', html`<div class="line">${mark()}<strong>Shoal</strong></div>`)}
      ${this.sample('Colours', 'Always by name: --ink on --surface, --accent for what can be done. Text on its ground has a contrast of 4.5 or more, by day and by night. A colour never says something alone.', html`<div class="swatches">${COLOURS.map(name => html`<div><i ${vars({'--swatch': `var(--${name})`})}></i><span>--${name}</span></div>`)}</div>`)}
      ${this.sample('Type', 'One family, that of the system. Five sizes. Numbers that change are .number, so they keep their place.', html`<div class="stack tight"><h1>Heading of a page</h1><h2>Heading of a card</h2><p class="lead">Lead: one sentence below a heading.</p><p>Body: what most is set in.</p><p class="small soft">Small and soft: what may be overlooked.</p><p class="mono">mono: paths, links, keys</p></div>`)}
      ${this.sample('Space', 'Steps of 4 px: --s1 to --s7. .stack sets things below each other, .line beside each other, .grid as many as fit.', html`<div class="stack tight">${SPACES.map(n => html`<div class="line still"><code>--s${n}</code><div class="bar" ${vars({width: `var(--s${n})`, background: 'var(--accent)'})}></div></div>`)}</div>`)}
      ${this.sample('Buttons', '.button; one .primary a view; .plain inside text, .danger for what cannot be taken back, .small in rows. An .icon-button has an aria-label and the same as data-tip.', html`<div class="line"><button class="button primary">${icon('send')}Primary</button><button class="button">Usual</button><button class="button plain">Plain</button><button class="button danger">Danger</button><button class="button small">Small</button><button class="button" disabled>Off</button><button class="icon-button" aria-label="More" data-tip="More">${icon('more')}</button></div>`)}
      ${this.sample('Fields', 'label.field with span.label, the control, span.hint; what is wrong stands below in span.error.', html`<div class="pair"><label class="field"><span class="label">Name</span><input class="input" value="holiday" /><span class="hint">As others will see it</span></label>
        <label class="field"><span class="label">Folder</span><input class="input" aria-invalid="true" value="/no/where" /><span class="error">There is no such folder. Choose another.</span></label>
        <shoal-rate label="Limit" .value=${2_500_000}></shoal-rate><label class="field"><span class="label">Choice</span><select class="select start"><option>One</option><option>Other</option></select></label></div>
        <div class="line"><label class="check"><input type="checkbox" checked /><span>Checked</span></label><label class="check"><input type="checkbox" .indeterminate=${true} /><span>Some</span></label><label class="check"><input type="checkbox" /><span>Not</span></label></div>
        <label class="toggle"><input type="checkbox" role="switch" checked /><span>Toggle<small>Takes effect at once</small></span></label>
        <div class="choice start" role="group" aria-label="Choice"><button aria-pressed="true">All <span class="count">12</span></button><button aria-pressed="false">Some <span class="count">3</span></button></div>`)}
      ${this.sample('Telling', 'A .note where something needs attention, a .badge for a state, a toast in passing (with undo), a dialog only for a decision.', html`<div class="note">${icon('info')}<div>Something to know.</div></div><div class="note good">${icon('check')}<div>All is well.</div></div><div class="note warn">${icon('warn')}<div>Something to look at.</div></div><div class="note bad">${icon('warn')}<div>Something does not work.</div></div>
        <div class="line"><span class="badge">queued</span><span class="badge accent">new</span><span class="badge good">running</span><span class="badge warn">lacking</span><span class="badge bad">failed</span></div>
        <div class="line"><button class="button" @click=${() => toast('“holiday” removed', {action: 'Undo', run: () => {}})}>Toast</button><button class="button" @click=${() => confirm({title: 'Delete “holiday”?', text: 'Its files are deleted too.', yes: 'Delete', danger: true})}>Question</button>
        <button class="button" @click=${() => prompt({title: 'Rename', label: 'Name', yes: 'Rename', take: async () => {}})}>Prompt</button><button class="button" @click=${event => openMenu(event, [{label: 'Open', icon: 'info', run: () => {}, keys: '↵'}, {label: 'Pause', icon: 'pause', run: () => {}}, null, {label: 'Delete', icon: 'remove', danger: true, run: () => {}}])}>Menu</button></div>`)}
      ${this.sample('Progress', 'bar(part, label, kind) of shoal/kit.js; unknown while nobody knows.', html`<div class="stack tight">${bar(0.4, 'arriving')}${bar(1, 'complete', 'good')}${bar(0.6, 'paused', 'still')}${bar(0.3, 'failed', 'bad')}${bar(undefined, 'unknown')}${waiting()}</div>`)}
      ${this.sample('Drawings', 'shoal-graph of samples {at, down, up}, shoal-pieces of runs of missing and verified pieces.', html`<shoal-graph .samples=${samples()} label="Rates of a sample"></shoal-graph><shoal-pieces .pieces=${{count: 900, runs: [0, 320, 60, 40, 200, 180, 100]}} .tall=${90} label="Pieces of a sample"></shoal-pieces>`)}
      ${this.sample('Tabs and drops', 'nav.tabs of links, so each tab has an address; .drop for where files may fall.', html`<nav class="tabs" aria-label="Sample"><a href="#/style" aria-current="page">Overview</a><a href="#/style">Files</a></nav><div class="drop">Drop something here</div>`)}
      ${this.sample('Empty', 'Says what would be here, and how it comes here.', empty({name: 'plugin', title: 'No plugins yet', text: 'A plugin adds what Shoal cannot do by itself.', actions: html`<button class="button primary">Install one</button>`}))}
      ${this.sample('Icons', 'icon(name) of shoal/kit.js: drawn on 24 × 24 with a stroke of 1.75, in the colour of the text beside.', html`<div class="icons">${iconNames().map(name => html`<div>${anyIcon(name)}<span>${name}</span></div>`)}</div>`)}
    </div>`;
  }
}
customElements.define('shoal-style', Style);
