import {html, nothing} from 'lit';
import {Part, vars} from './part.js';
import {icon} from './icons.js';
import {rate, t} from './i18n.js';

/** Something drawn on a canvas, as sharp as the screen and in the colours of the theme. */
class Drawing extends Part {
  #watch = new ResizeObserver(() => this.draw());
  #theme = matchMedia('(prefers-color-scheme: dark)');
  #again = () => this.draw();

  firstUpdated() {
    this.#watch.observe(this.canvas);
    this.#theme.addEventListener('change', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch.disconnect();
    this.#theme.removeEventListener('change', this.#again);
  }

  get canvas() {
    return this.querySelector('canvas');
  }

  colour(name) {
    // light-dark() is only resolved where it is used as a colour
    this.canvas.style.color = `var(${name})`;
    return getComputedStyle(this.canvas).color;
  }

  updated() {
    this.draw();
  }

  draw() {
    const {canvas} = this;
    const {width, height} = canvas.getBoundingClientRect();
    if (!width) return;
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    const pen = canvas.getContext('2d');
    pen.scale(devicePixelRatio, devicePixelRatio);
    this.paint(pen, width, height);
  }

  render() {
    return html`<canvas class="drawn" role=${this.label ? 'img' : nothing} aria-label=${this.label || nothing} aria-hidden=${this.label ? nothing : 'true'} ${vars({'block-size': `${this.tall ?? 140}px`})}></canvas>`;
  }
}

/** Rates over the last minutes: `samples` of {at, down, up}. `bare` is without lines and figures, where there is little room. */
class Graph extends Drawing {
  static properties = {samples: {attribute: false}, label: {}, tall: {type: Number}, stamp: {attribute: false}, bare: {type: Boolean}};
  static MINUTES = 5;

  paint(pen, width, height) {
    const span = (this.bare ? 1 : Graph.MINUTES) * 60_000;
    const now = Date.now();
    const samples = (this.samples ?? []).filter(({at}) => at > now - span);
    const most = Math.max(10_000, ...samples.map(({down, up}) => Math.max(down, up))) * 1.15;
    const foot = height - 2;
    const rtl = document.documentElement.dir === 'rtl';
    const x = at => (rtl ? 0 + ((now - at) / span) * width : width - ((now - at) / span) * width);
    const y = value => foot - (value / most) * (foot - (this.bare ? 2 : 14));
    if (this.bare) this.#ground(pen, width, foot);
    else this.#scale(pen, most / 1.15, width, y, rtl);
    this.#curve(pen, samples, 'up', this.colour('--good'), x, y, foot, false);
    this.#curve(pen, samples, 'down', this.colour('--accent'), x, y, foot, true);
  }

  #ground(pen, width, foot) {
    pen.strokeStyle = this.colour('--line');
    pen.beginPath();
    pen.moveTo(0, foot);
    pen.lineTo(width, foot);
    pen.stroke();
  }

  #scale(pen, top, width, y, rtl) {
    const [line, ink, font] = [this.colour('--line'), this.colour('--ink-soft'), getComputedStyle(this).fontFamily];
    pen.font = `11px ${font}`;
    pen.lineWidth = 1;
    for (const part of [0, 0.5, 1]) {
      pen.strokeStyle = line;
      pen.beginPath();
      pen.moveTo(0, Math.round(y(top * part)) + 0.5);
      pen.lineTo(width, Math.round(y(top * part)) + 0.5);
      pen.stroke();
      if (!part) continue;
      pen.fillStyle = ink;
      pen.textAlign = rtl ? 'right' : 'left';
      pen.fillText(rate(top * part), rtl ? width : 0, y(top * part) - 4);
    }
  }

  #curve(pen, samples, which, colour, x, y, foot, filled) {
    if (samples.length < 2) return;
    pen.setLineDash(filled ? [] : [5, 3]);
    pen.beginPath();
    samples.forEach((sample, i) => (i ? pen.lineTo(x(sample.at), y(sample[which])) : pen.moveTo(x(sample.at), y(sample[which]))));
    pen.strokeStyle = colour;
    pen.lineWidth = this.bare ? 1.5 : 2;
    pen.lineJoin = 'round';
    pen.stroke();
    pen.setLineDash([]);
    if (!filled) return;
    pen.lineTo(x(samples.at(-1).at), foot);
    pen.lineTo(x(samples[0].at), foot);
    pen.globalAlpha = 0.14;
    pen.fillStyle = colour;
    pen.fill();
    pen.globalAlpha = 1;
  }
}
customElements.define('shoal-graph', Graph);

/** What the two lines of a graph are, with the figures of now. */
export const legend = (down, up) => html`<p class="legend number"><span class="down">${icon('arrow-down')}<span class="aside">${t('down')}</span>${rate(down)}</span>
  <span class="up">${icon('arrow-up')}<span class="aside">${t('up')}</span>${rate(up)}</span></p>`;

/** Which pieces are there: `pieces` of {count, runs}. Where there are more pieces than room, a cell stands for several and is as full as they are. */
class PieceMap extends Drawing {
  static properties = {pieces: {attribute: false}, label: {}, tall: {type: Number}};

  paint(pen, width, height) {
    if (!this.pieces?.count) return;
    const {count, runs} = this.pieces;
    let side = 10;
    const fits = () => Math.floor(width / side) * Math.floor(height / side);
    if (fits() > count) side = Math.max(10, Math.min(22, Math.floor(Math.sqrt((width * height) / count))));
    const columns = Math.max(1, Math.floor(width / side));
    const cells = Math.min(count, columns * Math.max(1, Math.floor(height / side)));
    const filled = fill(runs, count, cells);
    const [missing, there] = [this.colour('--line'), this.colour('--accent')];
    const rtl = document.documentElement.dir === 'rtl';
    const gap = side > 6 ? 2 : 1;
    for (let cell = 0; cell < cells; cell++) {
      const column = cell % columns;
      const x = rtl ? width - (column + 1) * side : column * side;
      const y = Math.floor(cell / columns) * side;
      pen.globalAlpha = 1;
      pen.fillStyle = missing;
      pen.fillRect(x, y, side - gap, side - gap);
      if (!filled[cell]) continue;
      pen.globalAlpha = 0.25 + 0.75 * filled[cell];
      pen.fillStyle = there;
      pen.fillRect(x, y, side - gap, side - gap);
    }
    pen.globalAlpha = 1;
  }
}
customElements.define('shoal-pieces', PieceMap);

/** How full each of `cells` is, of 1, from the lengths of alternating runs of missing and verified pieces. */
export function fill(runs, count, cells) {
  const filled = new Float64Array(cells);
  const scale = cells / count;
  let at = 0;
  runs.forEach((length, i) => {
    const end = at + length;
    if (i % 2) {
      let [from, to] = [at * scale, end * scale];
      for (let cell = Math.floor(from); cell < Math.ceil(to) && cell < cells; cell++) filled[cell] += Math.min(cell + 1, to) - Math.max(cell, from);
    }
    at = end;
  });
  return filled.map(part => (part > 0.999 ? 1 : part));
}
