import {html, nothing} from 'lit';
import '../setting-row.js';
import {Asking, empty, head, troubleNote} from '../part.js';
import {Dialog, attempt, confirm, openMenu, toast} from '../overlays.js';
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

class InstallDialog extends Dialog {
  static properties = {file: {state: true}, trouble: {state: true}, busy: {state: true}};

  heading() {
    return t('plugins.install');
  }

  body() {
    const take = file => file && ((this.file = file), (this.trouble = null));
    return html`<form id="install" class="stack" @submit=${event => {
        event.preventDefault();
        this.go(event.target.elements.source.value.trim());
      }}>
      <p class="note warn">${icon('warn')}<span>${t('plugins.trust')}</span></p>
      ${this.trouble ? troubleNote(this.trouble) : nothing}
      <div class="drop takes-drops" @dragover=${event => (event.preventDefault(), event.currentTarget.classList.add('over'))} @dragleave=${event => event.currentTarget.classList.remove('over')}
        @drop=${event => (event.preventDefault(), event.currentTarget.classList.remove('over'), take(event.dataTransfer.files[0]))}>
        ${this.file ? html`<p class="wrap"><strong><bdi>${this.file.name}</bdi></strong> <span class="soft">${size(this.file.size)}</span></p>` : html`<p>${t('plugins.drop')}</p>`}
        <label class="button small">${icon('file')}${t('plugins.choose')}<input class="aside" type="file" accept=".jar" @change=${event => take(event.target.files[0])} /></label></div>
      <label class="field"><span class="label">${t('plugins.source')}</span><input class="input" name="source" dir="ltr" autocomplete="off" placeholder="https://…" ?disabled=${Boolean(this.file)} /></label></form>`;
  }

  async go(source, replace = 'nothing') {
    if (!this.file && !source) return;
    this.busy = true;
    try {
      this.finish(await (this.file ? call('POST', 'plugins', {body: this.file, type: 'application/java-archive', query: {replace}}) : post('plugins', {source}, {replace})));
    } catch (e) {
      this.trouble = e;
    }
    this.busy = false;
  }

  footer() {
    return html`<button class="button" @click=${() => this.finish()}>${t('cancel')}</button><button class="button primary" form="install" ?disabled=${this.busy}>${this.busy ? html`<span class="spinner"></span>` : icon('plus')}${t('plugins.install.yes')}</button>`;
  }
}
customElements.define('shoal-install-dialog', InstallDialog);
