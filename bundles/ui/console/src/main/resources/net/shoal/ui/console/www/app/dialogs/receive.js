import {html, nothing} from 'lit';
import {Dialog, attempt} from '../overlays.js';
import {call, del, get, patch, post} from '../api.js';
import {store} from '../store.js';
import {icon} from '../icons.js';
import {t, size, count} from '../i18n.js';
import {tile, troubleNote, vars} from '../part.js';
import {allOf, lastName, rowsOf, treeOf} from '../tree.js';
import {fileIcon, kindOf} from '../words.js';

const SHOWN = 500;

/**
 * From a link to what arrives: paste -> looking -> what it is and what of it is wanted -> it comes. What is looked at is a transfer that
 * waits, so nothing moves before somebody says so, and a closed page loses nothing.
 */
export class ReceiveDialog extends Dialog {
  static live = true;
  static properties = {step: {state: true}, trouble: {state: true}, details: {state: true}, skipped: {state: true}, closed: {state: true}, to: {state: true}, inOrder: {state: true}, disk: {state: true}};

  constructor() {
    super();
    this.wide = true;
    this.step = 'paste';
    this.skipped = new Set();
    this.closed = new Set();
    this.link = '';
    this.inOrder = false;
  }

  connectedCallback() {
    super.connectedCallback();
    get('node').then(node => {
      this.node = node;
      this.disk = node.disk;
    }, () => {});
    if (this.transferId) this.step = 'looking';
    else if (this.file) this.begin();
    else if (this.link) this.begin();
  }

  firstUpdated() {
    super.firstUpdated();
    if (this.choose) this.chooseFile();
  }

  get row() {
    return store.transfers.get(this.transferId);
  }

  async begin() {
    this.trouble = null;
    this.step = 'looking';
    try {
      const row = this.file
        ? await call('POST', 'transfers', {body: this.file, type: 'application/x-bittorrent', query: {look: true, to: this.to}})
        : await post('transfers', {link: this.link, look: true, ...(this.to ? {to: this.to} : {})});
      store.took(row);
      this.transferId = row.id;
      this.settle();
    } catch (e) {
      this.trouble = e;
      this.step = 'paste';
      this.file = null;
    }
  }

  storeChanged() {
    super.storeChanged();
    this.settle();
  }

  /** Goes on once it is known what it is. */
  settle() {
    const row = this.row;
    if (this.step !== 'looking' || !row) return;
    if (row.state === 'metadata' || (row.state === 'checking' && !row.size)) return;
    if (row.why !== 'choice' && row.state !== 'checking') {
      // it was there already
      this.finish();
      location.hash = `#/transfer/${row.id}`;
      return;
    }
    this.step = 'choosing';
    get(`transfers/${row.id}`, {parts: 'files'}).then(details => {
      this.details = details;
      this.skipped = new Set(details.files.filter(file => file.priority === 'skip').map(file => file.index));
      if (details.files.length > 40) this.closed = new Set([...treeOf(details.files).folders.values()].map(folder => folder.path));
    }, e => (this.trouble = e));
  }

  get chosen() {
    return this.details?.files.filter(file => !this.skipped.has(file.index)) ?? [];
  }

  async accept() {
    this.trouble = null;
    const files = this.details.files;
    const priorities = Object.fromEntries(files.filter(file => (file.priority === 'skip') !== this.skipped.has(file.index)).map(file => [file.index, this.skipped.has(file.index) ? 'skip' : 'normal']));
    try {
      if (this.to) await patch(`transfers/${this.transferId}`, {moveTo: this.to});
      store.took(await patch(`transfers/${this.transferId}`, {paused: false, priorities, ...(this.inOrder ? {sequential: true, firstLast: true} : {})}));
      this.finish('accepted');
    } catch (e) {
      this.trouble = e;
    }
  }

  async refuse() {
    await attempt(() => del(`transfers/${this.transferId}`, {deleteData: true}));
    this.finish();
  }

  heading() {
    return t(`receive.title.${this.step}`);
  }

  body() {
    return {paste: () => this.pasting(), looking: () => this.looking(), choosing: () => this.choosing()}[this.step]();
  }

  pasting() {
    return html`<form id="receive" class="stack" @submit=${event => {
        event.preventDefault();
        this.link = event.target.elements.link.value.trim();
        this.begin();
      }}>
      ${this.trouble ? troubleNote(this.trouble) : nothing}
      <label class="field"><span class="label">${t('receive.link')}</span>
        <textarea class="area mono" name="link" rows="3" autofocus required spellcheck="false" dir="ltr" placeholder=${t('receive.placeholder')} .value=${this.link}
          @keydown=${event => event.key === 'Enter' && !event.shiftKey && (event.preventDefault(), event.target.form.requestSubmit())}></textarea>
        <span class="hint">${t('receive.hint')}</span></label>
      <div class="drop takes-drops" @dragover=${event => (event.preventDefault(), event.currentTarget.classList.add('over'))} @dragleave=${event => event.currentTarget.classList.remove('over')}
        @drop=${event => (event.preventDefault(), event.dataTransfer.files[0] && this.take(event.dataTransfer.files[0]))}>
        <p class="line centred">${t('receive.drop')}<button class="button small" type="button" @click=${() => this.chooseFile()}>${icon('file')}${t('receive.file')}</button></p></div></form>`;
  }

  chooseFile() {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.torrent,application/x-bittorrent';
    input.addEventListener('change', () => this.take(input.files[0]));
    input.click();
  }

  take(file) {
    this.file = file;
    this.begin();
  }

  looking() {
    const row = this.row;
    return html`<div class="stack">
      ${row?.name ? html`<div class="what">${tile(kindOf(row.name), 'search')}<p class="grow wrap"><strong><bdi>${row.name}</bdi></strong></p></div>` : nothing}
      <div class="line still top"><span class="spinner"></span><div class="grow"><p role="status">${row?.peers ? t('receive.asking', {n: row.peers}) : row?.known ? t('receive.found', {n: row.known}) : t('receive.searching')}</p>
      <p class="small soft">${t('receive.patience')}</p></div></div></div>`;
  }

  choosing() {
    if (!this.details) return this.trouble ? troubleNote(this.trouble) : nothing;
    const {files} = this.details;
    const rows = files.length === 1 ? [] : rowsOf(treeOf(files), this.closed);
    const wanted = this.chosen.reduce((sum, file) => sum + file.size, 0);
    const tight = this.disk && !this.to && wanted > this.disk.free;
    return html`<div class="stack">
      ${this.trouble ? troubleNote(this.trouble) : nothing}
      <div class="what">${tile(files.length === 1 ? fileIcon(files[0].path) : 'folder')}<div class="grow"><p class="wrap"><strong><bdi>${files.length === 1 ? lastName(files[0].path) : this.details.transfer.name}</bdi></strong></p>
        <p class="small soft">${files.length === 1 ? size(files[0].size) : t('files.size', {n: files.length, size: size(this.details.transfer.size)})}</p></div></div>
      ${files.length === 1 ? nothing : html`<fieldset class="chooser"><legend class="line apart"><label class="check">${this.tick(files)}<span>${t('files.wanted', {n: this.chosen.length, all: count(files.length)})}</span></label></legend>
          <ul class="entries list" tabindex="0" aria-label=${t('tab.files')}>${rows.slice(0, SHOWN).map(row => this.entry(row))}
          ${rows.length > SHOWN ? html`<li class="soft small">${t('and.more', {n: rows.length - SHOWN})}</li>` : nothing}</ul></fieldset>`}
      <div class="where">${icon('folder')}<div class="grow"><p class="small soft">${t('receive.where')}</p><p class="wrap" dir="ltr">${this.to ?? this.folderOf()}</p></div>
        <button class="button small" @click=${() => this.pickFolder()}>${t('change')}</button></div>
      ${tight ? html`<div class="note warn">${icon('warn')}<div>${t('receive.tight', {free: size(this.disk.free), wanted: size(wanted)})}</div></div>` : nothing}
      <label class="toggle"><input type="checkbox" role="switch" .checked=${this.inOrder} @change=${event => (this.inOrder = event.target.checked)} />
        <span>${t('receive.order')}<small>${t('receive.order.hint')}</small></span></label></div>`;
  }

  folderOf() {
    const path = this.details.transfer.path;
    return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))) || path;
  }

  async pickFolder() {
    const {FolderDialog} = await import('./folder.js');
    const folder = await FolderDialog.open({purpose: t('receive.where.title'), yes: t('receive.where.yes'), start: this.to ?? this.node?.downloads});
    if (folder) this.to = folder;
  }

  tick(files) {
    const state = allOf(files, file => !this.skipped.has(file.index));
    return html`<input type="checkbox" class="tick" .checked=${state === true} .indeterminate=${state === null} @change=${() => {
      const skipped = new Set(this.skipped);
      for (const file of files) if (state === true) skipped.add(file.index);
      else skipped.delete(file.index);
      this.skipped = skipped;
    }} />`;
  }

  entry({depth, folder, file}) {
    if (file) return html`<li class="entry" ${vars({'--depth': depth})}><label class="check grow">${this.tick([file])}${icon(fileIcon(file.path))}<span class="clip grow"><bdi>${lastName(file.path)}</bdi></span></label>
      <span class="small soft number">${size(file.size)}</span></li>`;
    const open = !this.closed.has(folder.path);
    return html`<li class="entry" ${vars({'--depth': depth})}><label class="check">${this.tick(folder.all)}<span class="aside">${folder.name}</span></label>
      <button class="unfold grow" aria-expanded=${open} @click=${() => {
        const closed = new Set(this.closed);
        if (open) closed.add(folder.path);
        else closed.delete(folder.path);
        this.closed = closed;
      }}>${icon(open ? 'down' : 'next')}${icon('folder')}<span class="clip"><bdi>${folder.name}</bdi></span></button>
      <span class="small soft number">${count(folder.all.length)} · ${size(folder.size)}</span></li>`;
  }

  footer() {
    if (this.step === 'paste') return html`<button class="button" @click=${() => this.finish()}>${t('cancel')}</button><button class="button primary" form="receive">${icon('eye')}${t('receive.look')}</button>`;
    if (this.step === 'looking') return html`<button class="button" ?disabled=${!this.transferId} @click=${() => this.refuse()}>${t('cancel')}</button>
      <button class="button" @click=${() => this.finish()}>${t('receive.later')}</button>`;
    const wanted = this.chosen.reduce((sum, file) => sum + file.size, 0);
    return html`<button class="button" @click=${() => this.refuse()}>${t('receive.refuse')}</button>
      <button class="button primary" autofocus ?disabled=${!this.chosen.length} @click=${() => this.accept()}>${icon('receive')}${t('receive.accept', {size: size(wanted)})}</button>`;
  }
}
customElements.define('shoal-receive-dialog', ReceiveDialog);
