import {tellSignedOut} from './api.js';

const SAMPLES = 300;
const SAMPLED = 400;
const RETRY_MS = [500, 1000, 2000, 4000, 8000];

/**
 * What the node last told: all transfers, sums, what is being prepared, what plugins contribute. Kept up to date by Server-Sent Events.
 * Whoever draws from it is told at most once a frame.
 */
class Store {
  transfers = new Map();
  totals = null;
  preparing = [];
  contributions = [];
  /** waiting, live or lost */
  connection = 'waiting';
  /** of all transfers, and of those that move: {down, up}, about one a second */
  rates = [];
  #samples = new Map();
  #listeners = new Set();
  #noticed = new Set();
  #due = false;
  #source;
  #failures = 0;

  on(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onNotice(listener) {
    this.#noticed.add(listener);
    return () => this.#noticed.delete(listener);
  }

  samples(id) {
    return this.#samples.get(id) ?? [];
  }

  connect() {
    this.#source?.close();
    const source = (this.#source = new EventSource('/api/v1/events'));
    source.addEventListener('snapshot', event => this.#snapshot(JSON.parse(event.data)));
    source.addEventListener('delta', event => this.#delta(JSON.parse(event.data)));
    source.addEventListener('notice', event => {
      const notice = JSON.parse(event.data);
      for (const listener of this.#noticed) listener(notice);
    });
    source.onopen = () => this.#live();
    source.onerror = () => this.#lost(source);
  }

  #live() {
    this.#failures = 0;
    this.connection = 'live';
    this.changed();
  }

  #lost(source) {
    this.connection = 'lost';
    this.changed();
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)];
    setTimeout(async () => {
      const answer = await fetch('/api/v1/session').catch(() => null);
      if (answer?.status === 401) tellSignedOut();
      else this.connect();
    }, wait);
  }

  #snapshot({totals, transfers, preparing, contributions}) {
    this.transfers = new Map(transfers.map(row => [row.id, row]));
    Object.assign(this, {totals, preparing, contributions});
    this.#live();
  }

  #delta({totals, changed = [], removed = [], preparing, contributions}) {
    for (const row of changed) {
      const known = this.transfers.get(row.id);
      if (known) Object.assign(known, row);
      else this.transfers.set(row.id, row);
    }
    for (const id of removed) {
      this.transfers.delete(id);
      this.#samples.delete(id);
    }
    if (totals) this.totals = totals;
    if (preparing) this.preparing = preparing;
    if (contributions) this.contributions = contributions;
    this.connection = 'live';
    this.#sample(changed);
    this.changed();
  }

  #sample(changed) {
    if (this.totals) keep(this.rates, this.totals);
    for (const {id} of changed) {
      const row = this.transfers.get(id);
      let samples = this.#samples.get(id);
      if (!samples && (row.down || row.up) && this.#samples.size < SAMPLED) this.#samples.set(id, (samples = []));
      if (samples) keep(samples, row);
    }
  }

  /** Something else that is drawn from here has changed. */
  changed() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      for (const listener of this.#listeners) listener();
    });
  }

  /** What was answered to a change, so that it shows before the next delta. */
  took(row) {
    const known = this.transfers.get(row.id);
    if (known) Object.assign(known, row);
    else this.transfers.set(row.id, row);
    this.changed();
    return row;
  }
}

function keep(samples, {down, up}) {
  samples.push({at: Date.now(), down, up});
  if (samples.length > SAMPLES) samples.shift();
}

export const store = new Store();
