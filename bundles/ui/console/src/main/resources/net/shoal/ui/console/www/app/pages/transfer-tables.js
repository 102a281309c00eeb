import {html, nothing} from 'lit';
import {Part, empty} from '../part.js';
import {patch} from '../api.js';
import {icon} from '../icons.js';
import {t, count, percent, rate, size} from '../i18n.js';
import {prompt} from '../overlays.js';

const SHOWN = 200;
const lines = text => text.split(/\s+/).filter(Boolean);

/** Who a transfer is connected to. */
class Peers extends Part {
  static properties = {peers: {attribute: false}, transfer: {attribute: false}};

  add() {
    return prompt({
      title: t('peers.add'), label: t('peers.add.label'), hint: t('peers.add.hint'), yes: t('add'), lines: true,
      take: async text => {
        await patch(`transfers/${this.transfer.id}`, {addPeers: lines(text)});
        this.dispatchEvent(new Event('changed'));
      },
    });
  }

  render() {
    const peers = [...this.peers].sort((a, b) => b.down + b.up - a.down - a.up);
    const add = html`<button class="button" @click=${() => this.add()}>${icon('plus')}${t('peers.add')}</button>`;
    if (!peers.length) return empty({name: 'people', title: t('peers.none.title'), text: t('peers.none.text', {n: this.transfer.known}), actions: add});
    return html`<div class="stack tight"><div class="line apart"><p class="soft">${t('peers.summary', {n: peers.length})}</p>${add}</div>
      <div class="card flush"><div class="scroll-x" tabindex="0" role="region" aria-label=${t('tab.connections')}><table class="table number"><thead><tr><th>${t('peers.who')}</th><th>${t('peers.how')}</th><th class="end">${t('peers.has')}</th>
        <th class="end">${t('down')}</th><th class="end">${t('up')}</th><th class="end">${t('peers.got')}</th><th class="end">${t('peers.given')}</th></tr></thead>
      <tbody>${peers.slice(0, SHOWN).map(peer => html`<tr><td><bdi>${peer.client || t('peers.unnamed')}</bdi><br /><span class="small soft mono" dir="ltr">${peer.address}</span></td>
        <td><span class="peer-flag">${peer.encrypted ? html`<span class="badge good">${icon('lock')}${t('peers.encrypted')}</span>` : html`<span class="badge">${t('peers.open')}</span>`}</span>
          <br /><span class="small soft">${peer.transport} · ${peer.security}${peer.inbound ? ` · ${t('peers.inbound')}` : nothing}</span></td>
        <td class="end">${percent(peer.have)}</td><td class="end">${peer.down ? rate(peer.down) : nothing}</td><td class="end">${peer.up ? rate(peer.up) : nothing}</td>
        <td class="end">${size(peer.downloaded)}</td><td class="end">${size(peer.uploaded)}</td></tr>`)}</tbody></table></div></div>
      ${peers.length > SHOWN ? html`<p class="small soft">${t('and.more', {n: peers.length - SHOWN})}</p>` : nothing}</div>`;
  }
}
customElements.define('shoal-transfer-peers', Peers);

const NAMES = ['tracker', 'dht', 'lsd', 'mdns', 'pex'];

/** How others who have it are found. */
class Finding extends Part {
  static properties = {discovery: {attribute: false}, transfer: {attribute: false}};

  add(member, what) {
    return prompt({
      title: t(`finding.add.${what}`), label: t('finding.add.label'), hint: t(`finding.add.${what}.hint`), yes: t('add'), lines: true,
      take: async text => {
        await patch(`transfers/${this.transfer.id}`, {[member]: lines(text)});
        this.dispatchEvent(new Event('changed'));
      },
    });
  }

  render() {
    return html`<div class="stack tight"><div class="line apart"><p class="soft">${t('finding.explain')}</p>
      <div class="line"><button class="button" @click=${() => this.add('addTrackers', 'tracker')}>${icon('plus')}${t('finding.add.tracker')}</button>
      <button class="button" @click=${() => this.add('addWebSeeds', 'web')}>${icon('plus')}${t('finding.add.web')}</button></div></div>
      ${this.discovery.length ? html`<ul class="card flush list">${this.discovery.map(one => html`<li><div class="line apart"><strong>${NAMES.includes(one.by) ? t(`discovery.${one.by}`) : one.by}</strong>${one.next ? html`<span class="small soft">${one.next}</span>` : nothing}</div>
        ${one.source && one.source !== one.by ? html`<p class="small soft wrap mono" dir="ltr">${one.source}</p>` : nothing}${one.message ? html`<p class="small wrap"><bdi>${one.message}</bdi></p>` : nothing}</li>`)}</ul>`
        : empty({name: 'search', title: t('finding.none.title'), text: t('finding.none.text')})}</div>`;
  }
}
customElements.define('shoal-transfer-finding', Finding);
