import {speak} from './i18n.js';
import {watch} from './begin.js';
import {watchTips} from './overlays.js';
import {store} from './store.js';
import {applyTheme} from './preferences.js';

applyTheme();
await speak();
await import('./shell.js');
document.body.append(document.createElement('shoal-console'));
watch();
watchTips();
store.connect();
