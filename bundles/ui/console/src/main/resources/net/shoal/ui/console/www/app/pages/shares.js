import {html, nothing} from 'lit';
import {Asking, bar, empty, head} from '../part.js';
import {get, del} from '../api.js';
import {store} from '../store.js';
import {icon} from '../icons.js';
import {t, ago, size} from '../i18n.js';
import {chooseFiles, sendFromNode} from '../begin.js';
import {attempt, confirm, copy, openMenu} from '../overlays.js';
import {showLink} from '../actions.js';
import {forget} from '../actions-share.js';

/** What this node offers. */
class Shares extends Asking {
  static live = true;

  ask() {
    return get('shares');
  }

  storeChanged() {
    super.storeChanged();
    const now = [...store.transfers.values()].filter(row => row.share).map(row => row.id).join() + store.preparing.map(one => one.state).join();
    if (now !== this.known) {
      if (this.known !== undefined) this.reload();
      this.known = now;
    }
  }

  frame() {
    return head(t('nav.shares'), t('shares.text'));
  }

  async end(share) {
    const sure = await confirm({title: t('shares.end.title'), text: t('shares.end.text', {name: share.name}), yes: t('shares.end')});
    if (sure) await attempt(() => del(`shares/${share.id}`).then(() => this.reload()));
  }

  show({shares}) {
    const buttons = html`<button class="button" @click=${() => sendFromNode()}>${icon('computer')}${t('send.node')}</button>
      <button class="button primary" @click=${event => openMenu(event, [{label: t('send.files'), icon: 'file', run: () => chooseFiles(false)}, {label: t('send.folder'), icon: 'folder', run: () => chooseFiles(true)}])}>${icon('send')}${t('send')}</button>`;
    const busy = store.preparing.filter(one => one.state !== 'shared');
    return html`${head(t('nav.shares'), t('shares.text'), shares.length || busy.length ? buttons : null)}
      ${busy.map(one => html`<div class="card preparing"><div class="line still"><p class="grow clip"><bdi>${one.name}</bdi></p><span class="small soft">${one.state === 'failed' ? one.error?.error.message : t('preparing')}</span>
        <button class="icon-button" aria-label=${t('cancel')} @click=${() => forget(one)}>${icon('close')}</button></div>${one.state === 'failed' ? nothing : bar(one.total ? one.hashed / one.total : undefined, one.name)}</div>`)}
      ${shares.length ? html`<ul class="card flush list">${shares.map(share => this.share(share))}</ul>` : busy.length ? nothing : empty({name: 'share', title: t('shares.none.title'), text: t('shares.none.text'), actions: buttons})}`;
  }

  share(share) {
    const live = store.transfers.get(share.id);
    return html`<li class="line still share-line">${icon('folder')}<div class="grow"><p class="line still"><a class="clip" dir="auto" href=${`#/transfer/${share.id}`}><bdi>${share.name}</bdi></a></p>
      <p class="small soft clip">${share.there ? [size(share.size), (live?.uploaded ?? share.uploaded) ? t('shares.given', {size: size(live?.uploaded ?? share.uploaded)}) : null, (live?.peers ?? share.peers) ? t('shares.peers', {n: live?.peers ?? share.peers}) : null, ago(share.added)].filter(Boolean).join(' · ') : html`<span class="error-text">${t('shares.missing')}</span>`}</p></div>
      ${share.visibility === 'public' ? html`<span class="badge">${t('visibility.public.short')}</span>` : nothing}
      <button class="button small" aria-label=${t('link.copy')} @click=${() => copy(share.link)}>${icon('copy')}<span>${t('link.copy')}</span></button>
      <button class="icon-button" aria-label=${t('more.of', {name: share.name})} @click=${event => openMenu(event, [
        {label: t('menu.link'), icon: 'link', run: () => showLink(share)}, {label: t('menu.path'), icon: 'copy', run: () => copy(share.path)}, null,
        {label: t('shares.end'), icon: 'remove', run: () => this.end(share)}])}>${icon('more')}</button></li>`;
  }
}
customElements.define('shoal-shares', Shares);
