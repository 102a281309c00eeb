/**
 * For plugins: what a contributed module may import, as `shoal/kit.js`. Draw in the document itself (createRenderRoot() { return this; }) and the
 * classes of the style guide apply; text goes into templates as text, and nothing goes in as HTML.
 */
export {LitElement, html, svg, nothing} from 'lit';
export {icon} from './icons.js';
export {call, get, post, patch, del, Refused} from './api.js';
export {toast, confirm, prompt, copy, openMenu} from './overlays.js';
export {language, size, rate, duration, count, percent, moment, ago} from './i18n.js';
export {bar, vars} from './part.js';
