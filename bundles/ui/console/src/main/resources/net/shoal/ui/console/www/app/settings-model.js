import {patch} from './api.js';

const FACTORS = {B: 1, KIB: 1024, MIB: 1024 ** 2, GIB: 1024 ** 3, TIB: 1024 ** 4, KB: 1000, MB: 1e6, GB: 1e9, TB: 1e12};

/** Bytes of what a setting holds, such as 5MiB. */
export function bytesOf(text) {
  const [, number, unit] = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(text ?? '') ?? [];
  return number ? Math.round(Number(number) * (FACTORS[(unit || 'B').toUpperCase()] ?? 1)) : 0;
}

/** Settings by their keys, as they were last told. */
export class SettingsNow {
  constructor({settings, problems}) {
    this.all = settings;
    this.problems = problems;
    this.byKey = new Map(settings.map(setting => [setting.key, setting]));
  }

  value(key) {
    return this.byKey.get(key)?.value ?? '';
  }

  has(key) {
    return this.byKey.has(key);
  }

  /** @param values by key; null goes back to the default */
  static async change(values) {
    return new SettingsNow(await patch('settings', values));
  }
}
