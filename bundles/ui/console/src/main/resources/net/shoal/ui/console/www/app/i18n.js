// Words. A translation is a flat JSON object: key to text with {placeholders}, or to plural forms by the categories of Intl.PluralRules.
const LANGUAGES = {en: 'English', de: 'Deutsch', zh: '中文'};

/** Letters that are written from right to left: Hebrew, Arabic and their like. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

let words = {};
let fallback = {};
let rules;
let turned = false;
export let language = 'en';

export const languages = () => LANGUAGES;

function preferred() {
  const chosen = localStorage.getItem('shoal.language');
  if (chosen in LANGUAGES) return chosen;
  return navigator.languages.map(tag => tag.slice(0, 2)).find(tag => tag in LANGUAGES) ?? 'en';
}

async function load(name) {
  const answer = await fetch(`/i18n/${name}.json`);
  return answer.ok ? answer.json() : {};
}

/** Loads the language of this browser; the direction of writing may be given for a look from the other side. */
export async function speak() {
  language = preferred();
  rules = new Intl.PluralRules(language);
  [words, fallback] = await Promise.all([load(language), language === 'en' ? {} : load('en')]);
  document.documentElement.lang = language;
  turned = localStorage.getItem('shoal.direction') === 'rtl';
  document.documentElement.dir = turned ? 'rtl' : 'ltr';
}

export function choose(name) {
  if (name) localStorage.setItem('shoal.language', name);
  else localStorage.removeItem('shoal.language');
  location.reload();
}

/** Keeps the order of what is put into a text of another direction, and that of the text around it (FSI and PDI of UAX 9). */
const isolated = text => (turned || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

export const knows = key => key in words || key in fallback;

/** The words for a key. `with.n` decides the plural. What is put in stays what it is: text. */
export function t(key, put = {}) {
  let text = words[key] ?? fallback[key] ?? key;
  if (typeof text === 'object') text = text[rules.select(Number(put.n ?? 0))] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name === 'n' && typeof put.n === 'number' ? count(put.n) : name in put && put[name] !== null && put[name] !== undefined ? isolated(String(put[name])) : all));
}

const formats = new Map();
function number(value, options) {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(language, options)));
  return format.format(value);
}

export const count = value => number(value, {});
export const percent = part => number(Math.floor(part * 1000) / 1000, {style: 'percent', maximumFractionDigits: part < 1 ? 1 : 0});
export const ratio = value => number(value, {minimumFractionDigits: 2, maximumFractionDigits: 2});

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];
function scaled(bytes, suffix, least = 0) {
  let step = least;
  let value = bytes / 1000 ** least;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step++;
  }
  const digits = step <= least || value >= 100 ? 0 : step >= 3 && value < 10 ? 2 : 1;
  return isolated(number(value, {style: 'unit', unit: UNITS[step] + suffix, unitDisplay: 'short', maximumFractionDigits: digits}));
}
/** Bytes as people read them. */
export const size = bytes => scaled(bytes, '');
/** Bytes a second as people read them. */
export const rate = bytes => scaled(bytes, '-per-second', 1);

const unit = (value, name) => isolated(number(value, {style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0}));
/** Seconds as people say them: two units at most. */
export function duration(seconds) {
  if (seconds < 60) return unit(Math.max(1, Math.round(seconds)), 'second');
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}` : unit(hours, 'hour');
  const days = Math.floor(hours / 24);
  return days > 99 ? t('time.long') : hours % 24 && days < 7 ? `${unit(days, 'day')} ${unit(hours % 24, 'hour')}` : unit(days, 'day');
}

const dates = options => new Intl.DateTimeFormat(language, options);
export const moment = millis => dates({dateStyle: 'medium', timeStyle: 'short'}).format(millis);
export const day = millis => dates({dateStyle: 'full'}).format(millis);
export const clock = millis => dates({timeStyle: 'short'}).format(millis);
export const clockExactly = millis => dates({hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false}).format(millis);

/** How long ago, in words. */
export function ago(millis) {
  const seconds = (millis - Date.now()) / 1000;
  const relative = new Intl.RelativeTimeFormat(language, {numeric: 'auto'});
  for (const [name, length] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), name);
  }
  return t('time.now');
}

export const sorter = () => new Intl.Collator(language, {numeric: true, sensitivity: 'base'});
