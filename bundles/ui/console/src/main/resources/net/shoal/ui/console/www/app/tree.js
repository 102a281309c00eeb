/** A tree of folders and files by their paths: {name, path, files: [file], folders: Map, size, done, count}. */
export function treeOf(files) {
  const root = branch('', '');
  for (const file of files) {
    const names = file.path.split('/');
    let at = root;
    add(at, file);
    for (const name of names.slice(0, -1)) {
      const path = at.path ? `${at.path}/${name}` : name;
      if (!at.folders.has(name)) at.folders.set(name, branch(name, path));
      at = at.folders.get(name);
      add(at, file);
    }
    at.files.push(file);
  }
  return root;
}

const branch = (name, path) => ({name, path, files: [], folders: new Map(), all: [], size: 0, done: 0});

function add(at, file) {
  at.all.push(file);
  at.size += file.size;
  at.done += file.done;
}

/** Rows in the order of a tree, of folders that are not closed: {depth, folder} or {depth, file}. */
export function rowsOf(tree, closed, depth = 0, rows = []) {
  for (const folder of tree.folders.values()) {
    rows.push({depth, folder, key: `/${folder.path}`});
    if (!closed.has(folder.path)) rowsOf(folder, closed, depth + 1, rows);
  }
  for (const file of tree.files) rows.push({depth, file, key: String(file.index)});
  return rows;
}

/** true, false, or null for some */
export function allOf(files, holds) {
  const many = files.filter(holds).length;
  return many === 0 ? false : many === files.length ? true : null;
}

export const lastName = path => path.slice(path.lastIndexOf('/') + 1);
