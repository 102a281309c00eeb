import {html, nothing} from 'lit';
import {Asking, empty, head, troubleNote} from '../part.js';
import {Dialog, attempt, confirm, toast} from '../overlays.js';
import {call, del, get, patch, post} from '../api.js';
import {icon} from '../icons.js';
import {t, ago, moment, size} from '../i18n.js';

const KINDS = {running: 'good', failed: 'bad', quarantined: 'bad', lacking: 'warn', held: 'warn'};
const titled = plugin => plugin.title || plugin.name;

/** Bundles of others: what is there, how it is, and more of it. */
class Plugins extends Asking {
  ask() {
    return get('plugins');
  }

  frame() {
    return head(t('nav.plugins'), t('plugins.text'), html`<button class="button primary" @click=${() => this.install()}>${icon('plus')}${t('plugins.install')}</button>`);
  }

  async install() {
    const plugin = await InstallDialog.open();
    if (!plugin) return;
    await this.reload();
    toast(plugin.state === 'running' ? t('plugins.installed', {name: titled(plugin)}) : plugin.reason, {bad: plugin.state !== 'running'});
  }

  async run(plugin, running) {
    await attempt(() => patch(`plugins/${encodeURIComponent(plugin.name)}`, {running}));
    await this.reload();
  }

  async uninstall(plugin) {
    const sure = await confirm({title: t('plugins.remove.title', {name: titled(plugin)}), text: t('plugins.remove.text'), yes: t('remove'), danger: true});
    if (!sure) return;
    await attempt(() => del(`plugins/${encodeURIComponent(plugin.name)}`));
    await this.reload();
  }

  show({plugins}) {
    return html`${this.frame()}${plugins.length ? html`<div class="stack">${plugins.map(plugin => this.plugin(plugin))}</div>`
      : empty({name: 'plugin', title: t('plugins.none.title'), text: t('plugins.none.text'), actions: html`<button class="button primary" @click=${() => this.install()}>${icon('plus')}${t('plugins.install')}</button>`})}`;
  }

  plugin(plugin) {
    const runs = plugin.state === 'running' || plugin.state === 'waiting';
    const fact = (label, value) => (value?.length ? html`<dt>${label}</dt><dd>${Array.isArray(value) ? value.map(one => html`<div><bdi>${one}</bdi></div>`) : html`<bdi>${value}</bdi>`}</dd>` : nothing);
    return html`<article class="card stack tight"><div class="line apart still"><div class="grow"><h2 class="wrap"><bdi>${titled(plugin)}</bdi></h2><p class="small soft">${plugin.version}${plugin.vendor ? html` · <bdi>${plugin.vendor}</bdi>` : nothing} · ${ago(plugin.since)}</p></div>
        <span class="badge ${KINDS[plugin.state] ?? ''}">${t(`plugins.state.${plugin.state}`)}</span></div>
      ${plugin.description ? html`<p class="wrap"><bdi>${plugin.description}</bdi></p>` : nothing}
      ${plugin.reason ? html`<p class="note ${KINDS[plugin.state] === 'bad' ? 'bad' : 'warn'}">${icon('warn')}<span class="wrap">${plugin.reason}</span></p>` : nothing}
      ${plugin.warnings.map(warning => html`<p class="note warn">${icon('info')}<span class="wrap">${warning}</span></p>`)}
      <div class="line">${runs ? html`<button class="button small" @click=${() => this.run(plugin, false)}>${icon('pause')}${t('stop')}</button>` : html`<button class="button small" @click=${() => this.run(plugin, true)}>${icon('play')}${t('start')}</button>`}
        ${plugin.settings.length ? html`<a class="button small" href=${`#/settings?q=${encodeURIComponent(plugin.settings[0])}`}>${icon('settings')}${t('nav.settings')}</a>` : nothing}
        <button class="button small" @click=${() => this.uninstall(plugin)}>${icon('remove')}${t('remove')}</button></div>
      <details class="more"><summary>${t('plugins.more')}</summary><dl class="facts">
        <dt>${t('plugins.name')}</dt><dd class="mono">${plugin.name}</dd><dt>${t('fact.size')}</dt><dd>${size(plugin.size)}</dd><dt>SHA-256</dt><dd class="mono">${plugin.sha256}</dd>
        ${fact(t('plugins.signer'), plugin.signer ?? t('plugins.unsigned'))}${fact(t('plugins.licence'), plugin.licence)}${fact(t('plugins.services'), plugin.services.length ? plugin.services : plugin.provides)}
        ${fact(t('plugins.commands'), plugin.commands)}${fact(t('plugins.needs'), plugin.needs)}${fact(t('plugins.lacks'), plugin.lacks)}
        ${fact(t('plugins.failures'), plugin.failures.map(failure => `${moment(failure.at)}: ${failure.message}`))}</dl></details></article>`;
  }
}
customElements.define('shoal-plugins', Plugins);

/** First what it is and who signed it, then whether it is installed. */
class InstallDialog extends Dialog {
  static properties = {file: {state: true}, offer: {state: true}, trouble: {state: true}, busy: {state: true}};

  heading() {
    return t('plugins.install');
  }

  body() {
    return html`<div class="stack">${this.trouble ? troubleNote(this.trouble) : nothing}${this.offer ? this.shown(this.offer) : this.source()}</div>`;
  }

  source() {
    const take = file => file && ((this.file = file), (this.trouble = null));
    return html`<form id="install" class="stack" @submit=${event => {
        event.preventDefault();
        this.look(event.target.elements.source.value.trim());
      }}>
      <p class="note warn">${icon('warn')}<span>${t('plugins.trust')}</span></p>
      <div class="drop takes-drops" @dragover=${event => (event.preventDefault(), event.currentTarget.classList.add('over'))} @dragleave=${event => event.currentTarget.classList.remove('over')}
        @drop=${event => (event.preventDefault(), event.currentTarget.classList.remove('over'), take(event.dataTransfer.files[0]))}>
        ${this.file ? html`<p class="wrap"><strong><bdi>${this.file.name}</bdi></strong> <span class="soft">${size(this.file.size)}</span></p>` : html`<p>${t('plugins.drop')}</p>`}
        <label class="button small">${icon('file')}${t('plugins.choose')}<input class="aside" type="file" accept=".jar" @change=${event => take(event.target.files[0])} /></label></div>
      <label class="field"><span class="label">${t('plugins.source')}</span><input class="input" name="source" dir="ltr" autocomplete="off" spellcheck="false" placeholder="https://…" .value=${this.asked ?? ''} ?disabled=${Boolean(this.file)} /></label></form>`;
  }

  /** What somebody may install: all of it text of strangers. */
  shown(offer) {
    const fact = (label, value) => (value?.length ? html`<dt>${label}</dt><dd>${Array.isArray(value) ? value.map(one => html`<div><bdi>${one}</bdi></div>`) : html`<bdi>${value}</bdi>`}</dd>` : nothing);
    return html`<div><h3 class="wrap"><bdi>${titled(offer)}</bdi></h3><p class="small soft">${offer.version}${offer.vendor ? html` · <bdi>${offer.vendor}</bdi>` : nothing} · ${size(offer.size)}</p></div>
      ${offer.description ? html`<p class="wrap"><bdi>${offer.description}</bdi></p>` : nothing}
      ${offer.signer ? html`<p class="note">${icon('lock')}<span class="wrap">${t('plugins.signer')}: <bdi>${offer.signer}</bdi>. ${t('plugins.signer.text')}</span></p>` : html`<p class="note warn">${icon('warn')}<span>${t('plugins.unsigned.text')}</span></p>`}
      ${offer.from.startsWith('http:') ? html`<p class="note warn">${icon('warn')}<span>${t('plugins.plain')}</span></p>` : nothing}
      ${offer.installed ? html`<p class="note">${icon('info')}<span>${t('plugins.replaces', {old: offer.installed, new: offer.version})}</span></p>` : nothing}
      ${offer.lacks.length ? html`<div class="note warn">${icon('warn')}<div><p>${t('plugins.lacks.text')}</p>${offer.lacks.map(lack => html`<p class="small wrap">${lack}</p>`)}</div></div>` : nothing}
      ${offer.warnings.map(warning => html`<p class="note warn">${icon('info')}<span class="wrap">${warning}</span></p>`)}
      <dl class="facts">${fact(t('plugins.from'), offer.from)}<dt>${t('plugins.name')}</dt><dd class="mono">${offer.name}</dd><dt>SHA-256</dt><dd class="mono wrap">${offer.sha256}</dd>
        ${fact(t('plugins.licence'), offer.licence)}${fact(t('plugins.services'), offer.provides)}${fact(t('plugins.commands'), offer.commands)}${fact(t('plugins.needs'), offer.needs)}</dl>`;
  }

  async during(work) {
    this.busy = true;
    this.trouble = null;
    try {
      await work();
    } catch (e) {
      this.trouble = e;
    }
    this.busy = false;
  }

  look(source) {
    this.asked = source;
    if (!this.file && !source) return undefined;
    const from = /^https?:/i.test(source) ? {url: source} : {path: source};
    return this.during(async () => {
      const offer = await (this.file ? call('POST', 'plugins/offers', {body: this.file, type: 'application/java-archive'}) : post('plugins/offers', from));
      if (this.isConnected) this.offer = offer;
      else await del(`plugins/offers/${offer.id}`);
    });
  }

  install() {
    const {id, installed} = this.offer;
    return this.during(async () => {
      try {
        const plugin = await post(`plugins/offers/${id}/install`, undefined, {replace: installed ? 'any' : 'nothing'});
        this.offer = null;
        this.finish(plugin);
      } catch (e) {
        this.offer = null;
        throw e;
      }
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.offer) del(`plugins/offers/${this.offer.id}`).catch(() => {});
  }

  footer() {
    const sign = name => (this.busy ? html`<span class="spinner"></span>` : icon(name));
    return html`<button class="button" @click=${() => this.finish()}>${t('cancel')}</button>
      ${this.offer ? html`<button class="button primary" ?disabled=${this.busy} @click=${() => this.install()}>${sign('plus')}${t(this.offer.installed ? 'plugins.replace.yes' : 'plugins.install.yes')}</button>`
        : html`<button class="button primary" form="install" ?disabled=${this.busy}>${sign('eye')}${t('plugins.look')}</button>`}`;
  }
}
customElements.define('shoal-install-dialog', InstallDialog);
