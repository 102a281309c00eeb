import {t} from './i18n.js';

/** What the node answered instead of doing it: what is wrong, and what to do about it. */
export class Refused extends Error {
  constructor(status, {code = 'failed', message = '', hint = '', field = null} = {}) {
    super(message);
    Object.assign(this, {status, code, hint, field});
  }
}

const signedOut = new EventTarget();
export const onSignedOut = listener => signedOut.addEventListener('out', listener);
export const tellSignedOut = () => signedOut.dispatchEvent(new Event('out'));

async function refusal(answer) {
  if (answer.status === 401) tellSignedOut();
  const told = (await answer.json().catch(() => ({}))).error;
  return new Refused(answer.status, told?.message ? told : {message: t('error.status', {status: answer.status})});
}

/** Paths below /api/v1. A body is JSON unless it is a Blob. */
export async function call(method, path, {query, body, type, signal} = {}) {
  const url = new URL(`/api/v1/${path}`, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) url.searchParams.set(name, value);
  const headers = method === 'GET' ? {} : {'Shoal-Request': '1'};
  let answer;
  if (body instanceof Blob) headers['Content-Type'] = type ?? 'application/octet-stream';
  else if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    answer = await fetch(url, {method, headers, signal, body: body instanceof Blob || body === undefined ? body : JSON.stringify(body)});
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Refused(0, {code: 'offline', message: t('error.offline'), hint: t('error.offline.hint')});
  }
  if (!answer.ok) throw await refusal(answer);
  return answer.status === 204 ? null : answer.json();
}

export const get = (path, query, signal) => call('GET', path, {query, signal});
export const post = (path, body, query) => call('POST', path, {body, query});
export const patch = (path, body) => call('PATCH', path, {body});
export const del = (path, query) => call('DELETE', path, {query});

/** Sends bytes and tells how many have gone; `fetch` cannot tell. */
export function put(path, blob, onSent, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/v1/${path}`);
    request.setRequestHeader('Shoal-Request', '1');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = event => onSent(event.loaded);
    request.onload = () => {
      if (request.status < 300) return resolve();
      let told;
      try {
        told = JSON.parse(request.responseText).error;
      } catch {
        told = {message: t('error.status', {status: request.status})};
      }
      reject(new Refused(request.status, told));
    };
    request.onerror = () => reject(new Refused(0, {code: 'offline', message: t('error.offline'), hint: t('error.offline.hint')}));
    request.onabort = () => reject(new DOMException('broken off', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(blob);
  });
}

/** A file of a transfer, to be kept on the device that looks at this. */
export const keepUrl = file => `${file.content}${file.content.includes('?') ? '&' : '?'}download=true`;
/** The complete files of a transfer, or of a folder in it, as one ZIP file. */
export const archiveUrl = (transfer, folder) => `/content/${transfer.id}${folder ? `?folder=${encodeURIComponent(folder)}` : ''}`;
export const qrUrl = text => `/api/v1/qr?text=${encodeURIComponent(text)}`;
