import {html} from 'lit';
import {Dialog} from '../overlays.js';
import {t} from '../i18n.js';
import {singleKeys} from '../keys.js';
import {setSingleKeys} from '../preferences.js';

const GROUPS = {
  anywhere: {'?': 'help', 's': 'send', 'f': 'folder', 'r': 'receive', '1 – 5': 'pages', 'ctrl V': 'paste'},
  list: {'↑ ↓': 'move', 'J K': 'move', 'enter': 'open', 'space': 'select', 'ctrl A': 'all', 'shift ↑ ↓': 'extend', 'P': 'pause', 'M': 'menu', 'delete': 'remove', 'shift delete': 'files', '/': 'search', 'esc': 'clear'},
};
const NAMED = {enter: 'key.enter', space: 'key.space', delete: 'key.delete', shift: 'key.shift', ctrl: 'key.ctrl', esc: 'key.esc'};

/** What the keyboard can do. */
export class KeysDialog extends Dialog {
  static properties = {on: {state: true}};

  constructor() {
    super();
    this.on = singleKeys();
  }

  heading() {
    return t('keys');
  }

  body() {
    return html`<div class="stack">${Object.entries(GROUPS).map(([group, all]) => html`<section><h3 class="quiet-heading">${t(`keys.${group}`)}</h3>
      <dl class="keys">${Object.entries(all).map(([press, what]) => html`<dt>${press.split(' ').map(one => html`<kbd>${NAMED[one] ? t(NAMED[one]) : one.toUpperCase()}</kbd> `)}</dt><dd>${t(`keys.does.${what}`)}</dd>`)}</dl></section>`)}
      <label class="toggle"><input type="checkbox" role="switch" .checked=${this.on} @change=${event => setSingleKeys((this.on = event.target.checked))} />
        <span>${t('keys.single')}<small>${t('keys.single.hint')}</small></span></label></div>`;
  }
}
customElements.define('shoal-keys-dialog', KeysDialog);
