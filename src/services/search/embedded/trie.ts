import { growing } from './growing.ts';

/** Words by their letters: found exactly, by their beginning, and in spite of typing errors. Each word has a list number. */
export interface Trie {
  /** The number of a word; a new word gets the one that `open` gives. */
  add(letters: string, open: () => number): number;
  find(letters: string): number | undefined;
  /** Every longer word that begins so. `extra` is how many letters follow. */
  startingWith(letters: string, visit: (list: number, extra: number) => void): void;
  /** Every word within `errors` letters that are missing, added, replaced or swapped with their neighbour; a word may come twice. */
  similar(letters: string, errors: number, visit: (list: number, distance: number) => void): void;
}

const ROOT = 0;
const NONE = -1;

/** Nodes are numbers; children are a linked list of siblings, so a node takes 14 bytes. */
export function createTrie(): Trie {
  const firstChild = growing(Int32Array);
  const nextSibling = growing(Int32Array);
  const letterOf = growing(Uint16Array);
  const listOf = growing(Int32Array);
  newNode(0, NONE);

  function newNode(letter: number, sibling: number): number {
    firstChild.push(NONE);
    nextSibling.push(sibling);
    letterOf.push(letter);
    listOf.push(NONE);
    return listOf.length - 1;
  }

  function childOf(node: number, letter: number): number {
    const siblings = nextSibling.values;
    const letters = letterOf.values;
    let child = firstChild.values[node] as number;
    while (child !== NONE && letters[child] !== letter) child = siblings[child] as number;
    return child;
  }

  function walk(from: number, letters: string, start = 0): number {
    let node = from;
    for (let at = start; at < letters.length && node !== NONE; at++) node = childOf(node, letters.charCodeAt(at));
    return node;
  }

  function visitBelow(node: number, extra: number, visit: (list: number, extra: number) => void): void {
    for (let child = firstChild.values[node] as number; child !== NONE; child = nextSibling.values[child] as number) {
      const list = listOf.values[child] as number;
      if (list !== NONE) visit(list, extra + 1);
      visitBelow(child, extra + 1, visit);
    }
  }

  return {
    add(letters, open) {
      let node = ROOT;
      for (let at = 0; at < letters.length; at++) {
        const letter = letters.charCodeAt(at);
        let child = childOf(node, letter);
        if (child === NONE) {
          child = newNode(letter, firstChild.values[node] as number);
          firstChild.values[node] = child;
        }
        node = child;
      }
      if (listOf.values[node] === NONE) listOf.values[node] = open();
      return listOf.values[node] as number;
    },
    find(letters) {
      const node = walk(ROOT, letters);
      const list = node === NONE ? NONE : (listOf.values[node] as number);
      return list === NONE ? undefined : list;
    },
    startingWith(letters, visit) {
      const node = walk(ROOT, letters);
      if (node !== NONE) visitBelow(node, 0, visit);
    },
    similar(letters, errors, visit) {
      const arrive = (node: number, left: number) => {
        const list = node === NONE ? NONE : (listOf.values[node] as number);
        if (list !== NONE) visit(list, errors - left);
      };
      const step = (node: number, at: number, left: number): void => {
        if (left === 0) {
          arrive(walk(node, letters, at), 0);
          return;
        }
        if (at === letters.length) arrive(node, left);
        else step(node, at + 1, left - 1);
        const letter = at < letters.length ? letters.charCodeAt(at) : NONE;
        for (
          let child = firstChild.values[node] as number;
          child !== NONE;
          child = nextSibling.values[child] as number
        ) {
          if (letterOf.values[child] === letter) step(child, at + 1, left);
          else if (letter !== NONE) step(child, at + 1, left - 1);
          step(child, at, left - 1);
        }
        if (at + 1 < letters.length) {
          const second = childOf(node, letters.charCodeAt(at + 1));
          const swapped = second === NONE ? NONE : childOf(second, letter);
          if (swapped !== NONE) step(swapped, at + 2, left - 1);
        }
      };
      step(ROOT, 0, errors);
    },
  };
}
