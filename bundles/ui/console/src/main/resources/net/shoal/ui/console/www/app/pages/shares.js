import {html, nothing} from 'lit';
import {Asking, bar, empty, head, tile} from '../part.js';
import {get, del} from '../api.js';
import {store} from '../store.js';
import {icon} from '../icons.js';
import {t, ago, size} from '../i18n.js';
import {chooseFiles, sendFromNode} from '../begin.js';
import {attempt, confirm, copy, openMenu} from '../overlays.js';
import {showLink} from '../actions.js';
import {forget} from '../actions-share.js';
import {kindOf} from '../words.js';

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
    const buttons = html`<button class="button primary" aria-haspopup="menu" @click=${event => openMenu(event, [{label: t('send.files'), icon: 'file', run: () => chooseFiles(false)}, {label: t('send.folder'), icon: 'folder', run: () => chooseFiles(true)},
      null, {label: t('send.node'), icon: 'computer', run: () => sendFromNode()}])}>${icon('send')}${t('send')}</button>`;
    const busy = store.preparing.filter(one => one.state !== 'shared');
    return html`${head(t('nav.shares'), t('shares.text'), shares.length || busy.length ? buttons : null)}
      ${busy.map(one => html`<div class="card preparing">${tile(kindOf(one.name), one.state === 'failed' ? 'attention' : 'clock')}<div class="grow"><p class="clip"><strong><bdi>${one.name}</bdi></strong></p>
        <p class="small ${one.state === 'failed' ? 'error-text' : 'soft'}">${one.state === 'failed' ? one.error?.error.message : t('preparing')}</p>${one.state === 'failed' ? nothing : bar(one.total ? one.hashed / one.total : undefined, one.name)}</div>
        <button class="icon-button" aria-label=${t('cancel')} @click=${() => forget(one)}>${icon('close')}</button></div>`)}
      ${shares.length ? html`<ul class="card flush list">${shares.map(share => this.share(share))}</ul>` : busy.length ? nothing : empty({name: 'share', title: t('shares.none.title'), text: t('shares.none.text'), actions: buttons})}`;
  }

  share(share) {
    const live = store.transfers.get(share.id);
    const [given, peers] = [live?.uploaded ?? share.uploaded, live?.peers ?? share.peers];
    return html`<li class="line still share-line">${tile(kindOf(share.name), share.there ? undefined : 'attention')}<div class="grow"><p class="line still"><a class="clip name" dir="auto" href=${`#/transfer/${share.id}`}><bdi>${share.name}</bdi></a></p>
      <p class="small soft clip">${share.there ? [size(share.size), given ? t('shares.given', {size: size(given)}) : null, peers ? t('shares.peers', {n: peers}) : null, share.visibility === 'public' ? t('visibility.public.short') : null, ago(share.added)].filter(Boolean).join(' · ') : html`<span class="error-text">${t('shares.missing')}</span>`}</p></div>
      <button class="icon-button wide-only" aria-label=${t('link.show', {name: share.name})} data-tip=${t('link.qr.tip')} @click=${() => showLink(share)}>${icon('code')}</button>
      <button class="button small" aria-label=${t('link.copy.of', {name: share.name})} @click=${() => copy(share.link)}>${icon('copy')}<span>${t('link.copy')}</span></button>
      <button class="icon-button" aria-label=${t('more.of', {name: share.name})} @click=${event => openMenu(event, [
        {label: t('menu.link'), icon: 'link', run: () => showLink(share)}, {label: t('menu.path'), icon: 'copy', run: () => copy(share.path)}, null,
        {label: t('shares.end'), icon: 'remove', run: () => this.end(share)}])}>${icon('more')}</button></li>`;
  }
}
customElements.define('shoal-shares', Shares);
