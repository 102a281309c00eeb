import {html, nothing} from 'lit';
import {Asking, empty, head, tile} from '../part.js';
import {get, del} from '../api.js';
import {store} from '../store.js';
import {icon} from '../icons.js';
import {t, clock, day, size} from '../i18n.js';
import {attempt, confirm} from '../overlays.js';
import {kindOf} from '../words.js';

const SIGNS = {added: 'plus', shared: 'share', completed: 'check', removed: 'close', failed: 'attention'};
const PAGE = 100;

/** What has happened, day by day. */
class History extends Asking {
  ask() {
    return get('history', {limit: PAGE});
  }

  frame() {
    return head(t('nav.history'), t('history.text'));
  }

  async older() {
    const {entries} = this.answer;
    const next = await attempt(() => get('history', {limit: PAGE, before: entries.at(-1).at}));
    if (next) this.answer = {entries: [...entries, ...next.entries], more: next.more};
  }

  async clear() {
    if (await confirm({title: t('history.clear.title'), text: t('history.clear.text'), yes: t('history.clear')})) await attempt(() => del('history').then(() => this.reload()));
  }

  show({entries, more}) {
    if (!entries.length) return html`${this.frame()}${empty({name: 'history', title: t('history.none.title'), text: t('history.none.text')})}`;
    const days = Map.groupBy ? Map.groupBy(entries, entry => day(entry.at)) : grouped(entries);
    return html`${head(t('nav.history'), t('history.text'), html`<button class="button" @click=${() => this.clear()}>${icon('remove')}${t('history.clear')}</button>`)}
      <div class="stack loose">${[...days].map(([name, some]) => html`<section class="stack tight"><h2 class="quiet-heading">${name}</h2><ul class="card flush">${some.map(entry => this.entry(entry))}</ul></section>`)}
      ${more ? html`<button class="button start" @click=${() => this.older()}>${t('history.older')}</button>` : nothing}</div>`;
  }

  entry(entry) {
    const name = html`<bdi>${entry.name || t('unnamed')}</bdi>`;
    const known = store.transfers.has(entry.id);
    return html`<li class="history-entry">${tile(kindOf(entry.name ?? ''), SIGNS[entry.event])}
      <div class="grow"><p class="clip">${known ? html`<a class="name" href=${`#/transfer/${entry.id}`}>${name}</a>` : html`<span class="name">${name}</span>`}</p>
      <p class="small ${entry.event === 'failed' ? 'error-text' : 'soft'} wrap">${t(`history.${entry.event}`)}${entry.message ? html`: ${entry.message}` : nothing}</p></div>
      <span class="small soft number end">${entry.size ? html`${size(entry.size)}<br />` : nothing}${clock(entry.at)}</span></li>`;
  }
}
customElements.define('shoal-history', History);

function grouped(entries) {
  const days = new Map();
  for (const entry of entries) days.set(day(entry.at), [...(days.get(day(entry.at)) ?? []), entry]);
  return days;
}
