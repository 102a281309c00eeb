import {html, svg} from 'lit';

// x, y, size and depth of each fish: those behind are smaller and paler
const SHOAL = [
  [178, 18, 1.5, 1], [140, 34, 1.9, 1], [186, 52, 1.3, 2], [104, 20, 1.1, 2], [92, 50, 1.5, 1], [142, 68, 1.1, 2],
  [58, 34, 1.2, 2], [64, 66, 0.9, 3], [220, 36, 1.1, 2], [30, 52, 0.8, 3], [214, 66, 0.8, 3], [250, 50, 0.8, 3],
];

/** A shoal on its way, for where nothing is yet; its fish breathe a little unless somebody wants less motion. */
export const shoal = () => html`<svg class="shoal" viewBox="0 0 280 92" aria-hidden="true">${SHOAL.map(([x, y, scale, depth], at) => svg`<g transform="translate(${x} ${y}) scale(${-scale} ${scale})">
  <path class="fish deep-${depth} beat-${at % 4}" d="M-6.5 0c3-3.6 7.6-3.6 10.6 0l2.4-2v4l-2.4-2c-3 3.6-7.6 3.6-10.6 0z" /></g>`)}</svg>`;
