import {html, nothing} from 'lit';
import {Asking, head} from '../part.js';
import {get} from '../api.js';
import {icon} from '../icons.js';
import {t, ago, knows, size} from '../i18n.js';

const ORDER = ['bad', 'warn', 'ok'];
const ICONS = {ok: 'check', warn: 'info', bad: 'warn'};

/** What works and what does not here, and what to do about it. */
class Health extends Asking {
  async ask() {
    const [{checks}, node] = await Promise.all([get('doctor'), get('node')]);
    return {checks, node, at: Date.now()};
  }

  frame() {
    return head(t('nav.health'), t('health.text'), html`<button class="button" @click=${() => this.reload()}>${icon('refresh')}${t('health.again')}</button>`);
  }

  show({checks, node}) {
    const worst = ORDER.find(status => checks.some(check => check.status === status)) ?? 'ok';
    return html`${this.frame()}<div class="stack">
      <div class="note verdict ${worst === 'ok' ? 'good' : worst}">${icon(ICONS[worst])}<strong>${t(`health.worst.${worst}`)}</strong></div>
      <div class="two"><ul class="card flush checks">${grouped(checks).map(all => this.checked(all))}</ul>
      <section class="card" aria-labelledby="h-node"><h2 id="h-node">${t('node')}</h2><dl class="facts">${node.name ? html`<dt>${t('node.name')}</dt><dd>${node.name}</dd>` : nothing}<dt>${t('node.version')}</dt><dd>Shoal ${node.version}</dd>
        <dt>${t('node.started')}</dt><dd>${ago(node.started)}</dd><dt>${t('node.listen')}</dt><dd class="mono" dir="ltr">${node.listen.join(', ')}</dd><dt>${t('node.scope')}</dt><dd>${t(`node.scope.${node.scope}`)}</dd>
        <dt>${t('node.disk')}</dt><dd>${t('node.disk.free', {free: size(node.disk.free), total: size(node.disk.total)})}</dd><dt>${t('node.downloads')}</dt><dd class="wrap" dir="ltr">${node.downloads}</dd><dt>${t('node.home')}</dt><dd class="wrap" dir="ltr">${node.home}</dd></dl></section></div></div>`;
  }

  checked(all) {
    const [{check, status}] = all;
    return html`<li class=${status}>${icon(ICONS[status])}<div class="grow"><p class="small soft check-name">${named(check)}<span class="aside"> – ${t(`health.status.${status}`)}</span></p>
      ${all.map(({message, hint}) => html`<p class="wrap ${check === 'transfers' ? '' : 'sentence'}"><bdi>${message}</bdi></p>${hint ? html`<p class="small soft wrap sentence hint-line">${hint}</p>` : nothing}`)}</div></li>`;
  }
}
customElements.define('shoal-health', Health);

/** What tells of one thing and stands alike is told together, what is worst first. */
function grouped(checks) {
  const groups = new Map();
  for (const check of [...checks].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))) {
    const key = `${check.status} ${check.check}`;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()];
}

const named = check => (knows(`discovery.${check}`) ? t(`discovery.${check}`) : check.replaceAll('-', ' '));
