import {html} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import {Part, vars} from './part.js';

const BEYOND = 6;

/**
 * Many rows of one height, of which only those in sight are there. Scrolls with the window.
 *
 * `items`, `key(item)`, `row(item, index)` (a template with one element of class `row`), `height` in px.
 */
class Rows extends Part {
  static properties = {items: {attribute: false}, row: {attribute: false}, key: {attribute: false}, height: {type: Number}};
  #first = 0;
  #last = 40;
  #due = false;

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('scroll', this.#look, {passive: true});
    window.addEventListener('resize', this.#look, {passive: true});
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('scroll', this.#look);
    window.removeEventListener('resize', this.#look);
  }

  #look = () => {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (this.#measure()) this.requestUpdate();
    });
  };

  #measure() {
    const top = -this.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / this.height) - BEYOND);
    const last = Math.ceil((top + innerHeight) / this.height) + BEYOND;
    const moved = first !== this.#first || last !== this.#last;
    this.#first = first;
    this.#last = last;
    return moved;
  }

  /** Brings the row into sight below what is fixed at the top. */
  reveal(index, above = 140, below = 90) {
    const top = this.getBoundingClientRect().top + index * this.height;
    if (top < above) scrollBy(0, top - above);
    else if (top + this.height > innerHeight - below) scrollBy(0, top + this.height - innerHeight + below);
    this.#measure();
    this.requestUpdate();
    return this.updateComplete;
  }

  render() {
    this.#measure();
    const first = Math.max(0, Math.min(this.#first, this.items.length - 1));
    const shown = this.items.slice(first, this.#last);
    return html`<div class="rows" role="presentation" ${vars({'--rows': this.items.length, '--row': `${this.height}px`, '--first': first})}>
      <div class="rows-shown" role="presentation">${repeat(shown, this.key, (item, at) => this.row(item, first + at))}</div></div>`;
  }
}
customElements.define('shoal-rows', Rows);
