import {del, post, put} from './api.js';
import {attempt} from './overlays.js';

/** Breaks off, or forgets, a share that is on its way. */
export const forget = one => attempt(() => del(`shares/preparing/${encodeURIComponent(one.job)}`));

/**
 * Sends files to the node, one after the other, and begins to share them.
 * @param files {path, file}
 * @param onSent told how many bytes have gone
 * @returns what is being prepared
 */
export async function upload({name, folder, files, options = {}}, onSent, signal) {
  const {id} = await post('uploads', {name, folder, files: files.map(({path, file}) => ({path, size: file.size}))});
  try {
    let gone = 0;
    for (const [at, {file}] of files.entries()) {
      await put(`uploads/${id}/files/${at}`, file, sent => onSent(gone + sent), signal);
      gone += file.size;
      onSent(gone);
    }
    return await post(`uploads/${id}/share`, options);
  } catch (e) {
    await del(`uploads/${id}`).catch(() => {});
    throw e;
  }
}
