import {html, nothing} from 'lit';
import {Dialog, prompt} from '../overlays.js';
import {get, post} from '../api.js';
import {icon} from '../icons.js';
import {t, size} from '../i18n.js';
import {troubleNote, waiting} from '../part.js';
import {fileIcon} from '../words.js';

/** Picks a folder, or with `files` a file too, on the node's machine; finishes with its path. */
export class FolderDialog extends Dialog {
  static properties = {folder: {state: true}, trouble: {state: true}, chosen: {state: true}, filter: {state: true}};

  constructor() {
    super();
    this.wide = true;
    this.filter = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.go(this.start);
  }

  async go(path) {
    try {
      this.folder = await get('folders', {path: path || undefined});
      this.chosen = null;
      this.filter = '';
      this.trouble = null;
      this.querySelector('.entries')?.scrollTo(0, 0);
    } catch (e) {
      this.trouble = e;
      if (path && !this.folder) this.go();
    }
  }

  heading() {
    return this.purpose;
  }

  body() {
    if (!this.folder) return this.trouble ? troubleNote(this.trouble) : waiting();
    const {path, parent, entries, places, disk, truncated} = this.folder;
    const shown = entries.filter(entry => (entry.folder || this.files) && entry.name.toLocaleLowerCase().includes(this.filter.toLocaleLowerCase()));
    return html`<div class="picker">
      <nav class="places" aria-label=${t('folder.places')}>${places.map(place => html`<button class="button plain start ${place.path === path ? 'here' : ''}"
        @click=${() => this.go(place.path)}>${icon('folder')}<span class="clip">${place.name}</span></button>`)}</nav>
      <div class="stack tight grow">
        <form class="input-line" @submit=${event => {
          event.preventDefault();
          this.go(event.target.elements.path.value);
        }}><button class="icon-button" type="button" ?disabled=${!parent} aria-label=${t('folder.up')} data-tip=${t('folder.up')} @click=${() => this.go(parent)}>${icon('arrow-up')}</button>
          <input class="input mono" name="path" aria-label=${t('folder.path')} dir="ltr" spellcheck="false" .value=${path} />
          <button class="icon-button" type="button" aria-label=${t('folder.new')} data-tip=${t('folder.new')} @click=${() => this.make()}>${icon('folder-new')}</button></form>
        ${this.trouble ? troubleNote(this.trouble) : nothing}
        ${entries.length > 12 ? html`<label class="search">${icon('search')}<input class="input" type="search" aria-label=${t('search')} placeholder=${t('search')}
          .value=${this.filter} @input=${event => (this.filter = event.target.value)} /></label>` : nothing}
        <ul class="entries list" tabindex="0" aria-label=${path}>${shown.map(entry => html`<li><button class=${this.chosen === entry.path ? 'chosen' : ''}
            @click=${() => (entry.folder ? this.go(entry.path) : (this.chosen = this.chosen === entry.path ? null : entry.path))} aria-pressed=${entry.folder ? nothing : this.chosen === entry.path}>
          ${icon(entry.folder ? 'folder' : fileIcon(entry.name))}<span class="clip grow"><bdi>${entry.name}</bdi></span>${entry.size === null ? nothing : html`<span class="soft small number">${size(entry.size)}</span>`}
          ${entry.folder ? icon('next') : nothing}</button></li>`)}
          ${shown.length ? nothing : html`<li class="soft">${entries.length && !this.filter && !this.files ? t('folder.no-folders') : t('folder.empty')}</li>`}</ul>
        <p class="small soft line apart"><span>${truncated ? t('folder.truncated') : nothing}</span>${disk ? html`<span>${t('free', {size: size(disk.free)})}</span>` : nothing}</p>
      </div></div>`;
  }

  make() {
    return prompt({
      title: t('folder.new'),
      label: t('folder.new.label'),
      yes: t('folder.new.yes'),
      take: async name => {
        const slash = this.folder.path.includes('\\') ? '\\' : '/';
        this.folder = await post('folders', {path: this.folder.path.replace(/[\\/]$/, '') + slash + name});
      },
    });
  }

  footer() {
    if (!this.folder) return nothing;
    const target = this.chosen ?? this.folder.path;
    return html`<span class="small soft clip grow footer-note" dir="ltr">${target}</span>
      <button class="button" @click=${() => this.finish()}>${t('cancel')}</button>
      <button class="button primary" ?disabled=${!this.files && !this.folder.writable} @click=${() => this.finish(target)}>${this.yes}</button>`;
  }
}
customElements.define('shoal-folder-dialog', FolderDialog);
