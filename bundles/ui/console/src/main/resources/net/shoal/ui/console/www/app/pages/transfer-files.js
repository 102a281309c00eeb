import {html, nothing} from 'lit';
import '../rows.js';
import {Part, bar, empty, vars} from '../part.js';
import {archiveUrl, keepUrl, patch} from '../api.js';
import {icon} from '../icons.js';
import {t, count, percent, size} from '../i18n.js';
import {alter} from '../actions.js';
import {openMenu, prompt} from '../overlays.js';
import {allOf, lastName, rowsOf, treeOf} from '../tree.js';
import {fileIcon} from '../words.js';

const PRIORITIES = ['high', 'normal', 'low', 'skip'];

const isWhole = file => file.priority !== 'skip' && file.done >= file.size;

/** The files of a transfer: which are wanted and how much, to look at, to keep. */
class TransferFiles extends Part {
  static properties = {transfer: {attribute: false}, files: {attribute: false}, options: {attribute: false}, closed: {state: true}, query: {state: true}};

  constructor() {
    super();
    this.closed = new Set();
    this.query = '';
  }

  async set(files, priority) {
    await alter([this.transfer], {priorities: Object.fromEntries(files.map(file => [file.index, priority]))});
    this.dispatchEvent(new Event('changed'));
  }

  async show(file) {
    const {MediaDialog} = await import('../dialogs/media.js');
    await MediaDialog.open({transfer: this.transfer, file, options: this.options});
  }

  rename(file) {
    return prompt({
      title: t('rename.title'), label: t('rename.label'), hint: t('rename.hint'), value: lastName(file.path), yes: t('rename.yes'),
      take: name => patch(`transfers/${this.transfer.id}`, {rename: {path: file.path, name}}),
    });
  }

  render() {
    if (!this.files?.length) return empty({name: 'file', title: t('files.none.title'), text: t('files.none.text')});
    const query = this.query.toLocaleLowerCase();
    const rows = query
      ? this.files.filter(file => file.path.toLocaleLowerCase().includes(query)).map(file => ({depth: 0, file, key: String(file.index)}))
      : rowsOf(treeOf(this.files), this.closed);
    const wanted = this.files.filter(file => file.priority !== 'skip');
    return html`<div class="stack tight"><div class="line apart"><label class="check">${this.tick(this.files, t('files.all'))}<span>${t('files.wanted', {n: wanted.length, all: count(this.files.length)})}</span></label>
        ${this.files.length > 1 ? this.keepAll() : nothing}
        ${this.files.length > 10 ? html`<label class="search">${icon('search')}<input class="input" type="search" aria-label=${t('search')} placeholder=${t('search')} @input=${event => (this.query = event.target.value)} /></label>` : nothing}</div>
      <div class="card flush files"><shoal-rows .items=${rows} .height=${52} .key=${row => row.key} .row=${row => (row.file ? this.file(row) : this.folder(row))}></shoal-rows></div></div>`;
  }

  /** An archive cannot wait for what is still to come, so it says what it has. */
  keepAll() {
    const whole = this.files.filter(isWhole);
    const label = html`${icon('device')}${t('files.keep')}<span class="soft small">${t('files.keep.some', {n: whole.length, all: count(this.files.length)})}</span>`;
    return whole.length ? html`<a class="button small" href=${archiveUrl(this.transfer)} download data-tip=${t('files.keep.tip')}>${label}</a>` : nothing;
  }

  tick(files, label) {
    const state = allOf(files, file => file.priority !== 'skip');
    return html`<input type="checkbox" class="tick" aria-label=${label} .checked=${state === true} .indeterminate=${state === null} @change=${() => this.set(files, state === true ? 'skip' : 'normal')} />`;
  }

  folder({depth, folder}) {
    const open = !this.closed.has(folder.path);
    const part = folder.size ? folder.done / folder.size : 1;
    return html`<div class="row" ${vars({'--depth': depth})}>${this.tick(folder.all, t('want', {name: folder.name}))}
      <div class="nm"><button aria-expanded=${open} @click=${() => {
        const closed = new Set(this.closed);
        if (open) closed.add(folder.path);
        else closed.delete(folder.path);
        this.closed = closed;
      }}>${icon(open ? 'down' : 'next')}${icon('folder')}<span class="clip"><bdi>${folder.name}</bdi></span></button></div>
      <span class="sz number end soft">${size(folder.size)}</span>${bar(part, folder.name, part === 1 ? 'good' : '')}
      <div class="buttons"><button class="icon-button" aria-label=${t('more.of', {name: folder.name})} @click=${event => openMenu(event, [...this.priorities(folder.all), ...(folder.all.some(isWhole) ? [null, {label: t('files.keep'), icon: 'device', run: () => location.assign(archiveUrl(this.transfer, folder.path))}] : [])])}>${icon('more')}</button></div></div>`;
  }

  file({depth, file}) {
    const name = lastName(file.path);
    const part = file.size ? file.done / file.size : 1;
    return html`<div class="row ${file.priority === 'skip' ? 'skipped' : ''}" ${vars({'--depth': depth})}>${this.tick([file], t('want', {name}))}
      <div class="nm">${icon(file.media ?? fileIcon(name))}<span class="grow"><span class="clip name-line"><bdi>${this.query ? file.path : name}</bdi></span><span class="small soft number narrow">${part < 1 ? t('figure.of', {done: size(file.done), total: size(file.size)}) : size(file.size)}</span></span>
        ${file.priority === 'high' || file.priority === 'low' ? html`<span class="badge wide-only ${file.priority === 'high' ? 'accent' : ''}">${t(`priority.${file.priority}`)}</span>` : nothing}</div>
      <span class="sz number end soft">${size(file.size)}</span>${bar(part, `${name} ${percent(part)}`, part === 1 ? 'good' : '')}
      <div class="buttons">
        ${file.media && file.content ? html`<button class="icon-button" aria-label=${t('file.show', {name})} data-tip=${t(`file.show.${file.media}`)} @click=${() => this.show(file)}>${icon(file.media === 'image' ? 'eye' : 'play')}</button>` : nothing}
        ${file.content && part === 1 ? html`<a class="icon-button ${file.media ? 'wide-only' : ''}" href=${keepUrl(file)} download aria-label=${t('file.keep', {name})} data-tip=${t('file.keep.tip')}>${icon('device')}</a>` : nothing}
        <button class="icon-button" aria-label=${t('more.of', {name})} @click=${event => openMenu(event, [...this.opening(file), ...this.priorities([file]), ...(this.transfer.share ? [] : [null, {label: t('menu.rename'), icon: 'edit', run: () => this.rename(file)}])])}>${icon('more')}</button></div></div>`;
  }

  /** To look at it or keep it, also where there is no room for a button. */
  opening(file) {
    const all = [];
    if (file.media && file.content) all.push({label: t(`file.show.${file.media}`), icon: file.media === 'image' ? 'eye' : 'play', run: () => this.show(file)});
    if (file.content && file.done >= file.size) all.push({label: t('file.keep.tip'), icon: 'device', run: () => keep(file)});
    return all.length ? [...all, null] : all;
  }

  priorities(files) {
    const now = files.every(file => file.priority === files[0].priority) ? files[0].priority : null;
    return PRIORITIES.map(priority => ({label: t(`priority.${priority}`), icon: now === priority ? 'check' : '', run: () => this.set(files, priority)}));
  }
}

/** As a press of a link would. */
function keep(file) {
  const link = document.createElement('a');
  link.href = keepUrl(file);
  link.download = '';
  link.click();
}
customElements.define('shoal-transfer-files', TransferFiles);
