import {html, nothing} from 'lit';
import {Asking, troubleNote} from './part.js';
import {Dialog, attempt, confirm, toast} from './overlays.js';
import {call, del, get} from './api.js';
import {icon} from './icons.js';
import {t, moment} from './i18n.js';

const SHORTEST = 10;

/** Who gets in here: the password, and the browsers that are signed in. */
class Access extends Asking {
  ask() {
    return get('session');
  }

  async change() {
    if (!(await PasswordDialog.open({set: this.answer.password}))) return;
    await this.reload();
    toast(t(this.answer.password ? 'access.password.saved' : 'access.password.removed'));
  }

  async endOthers() {
    if (!(await confirm({title: t('access.others.title'), text: t('access.others.text'), yes: t('access.others'), danger: true}))) return;
    if (await attempt(() => del('session/others').then(() => true))) toast(t('access.others.done'));
  }

  show({password, expires, secure}) {
    return html`<section class="card stack" aria-labelledby="s-access"><h2 id="s-access">${t('access.title')}</h2>
      <p class="soft">${t(password ? 'access.password.is' : 'access.password.none')}${expires ? html` ${t('access.until', {time: moment(expires)})}` : nothing}</p>
      ${secure ? nothing : html`<p class="small soft">${t('access.plain')}</p>`}
      <div class="line"><button class="button" @click=${() => this.change()}>${icon('lock')}${t(password ? 'access.password.change' : 'access.password.set')}</button>
        <button class="button" @click=${() => this.endOthers()}>${icon('leave')}${t('access.others')}</button></div></section>`;
  }
}
customElements.define('shoal-access', Access);

class PasswordDialog extends Dialog {
  static properties = {trouble: {state: true}, busy: {state: true}};

  heading() {
    return t(this.set ? 'access.password.change' : 'access.password.set');
  }

  body() {
    return html`<form id="password" class="stack" @submit=${event => {
        event.preventDefault();
        const {current, password, others} = event.target.elements;
        this.save({password: password.value, current: current?.value, signOutOthers: others.checked});
      }}>${this.trouble ? troubleNote(this.trouble) : nothing}
      ${this.set ? html`<label class="field"><span class="label">${t('access.password.current')}</span><input class="input" type="password" name="current" autocomplete="current-password" required autofocus /></label>` : nothing}
      <label class="field"><span class="label">${t('access.password.new')}</span><input class="input" type="password" name="password" autocomplete="new-password" minlength=${SHORTEST} maxlength="1000" ?required=${!this.set} ?autofocus=${!this.set} />
        <span class="hint">${t(this.set ? 'access.password.hint.empty' : 'access.password.hint', {n: SHORTEST})}</span></label>
      <label class="check"><input type="checkbox" name="others" .checked=${Boolean(this.set)} /><span>${t('access.others.too')}</span></label></form>`;
  }

  async save(body) {
    this.busy = true;
    this.trouble = null;
    try {
      await call('PUT', 'password', {body: {...body, password: body.password || null}});
      this.finish(true);
    } catch (e) {
      this.trouble = e;
    }
    this.busy = false;
  }

  footer() {
    return html`<button class="button" @click=${() => this.finish()}>${t('cancel')}</button><button class="button primary" form="password" ?disabled=${this.busy}>${this.busy ? html`<span class="spinner"></span>` : icon('check')}${t('save')}</button>`;
  }
}
customElements.define('shoal-password-dialog', PasswordDialog);
